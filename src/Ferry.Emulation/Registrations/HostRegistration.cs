using System.Globalization;

namespace Ferry.Emulation.Registrations;

/// <summary>An entry of the host's own binfmt_misc, which somebody else has made.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="IsEnabled">The kernel uses it.</param>
/// <param name="Interpreter">The emulator's path when it was registered.</param>
/// <param name="Flags">Letters such as F and P.</param>
/// <param name="Offset">Where the magic lies in a file.</param>
/// <param name="Magic">Bytes it looks for.</param>
/// <param name="Mask">Bits that count; as long as <paramref name="Magic"/>.</param>
public sealed record HostRegistration(
    string Name,
    bool IsEnabled,
    string Interpreter,
    string Flags,
    int Offset,
    byte[] Magic,
    byte[] Mask
)
{
    public const string Directory = "/proc/sys/fs/binfmt_misc";

    /// <summary>It works in a sandbox, which does not contain the emulator: the kernel keeps it open.</summary>
    public bool WorksInSandbox => IsEnabled && Flags.Contains('F', StringComparison.Ordinal);

    /// <summary>True when it starts programs that look like <paramref name="pattern"/>.</summary>
    public bool Covers(ProgramPattern pattern)
    {
        if (Offset != 0)
            return false;
        for (var index = 0; index < Magic.Length; index++)
        {
            var wanted = index < pattern.Magic.Length ? pattern.Magic[index] : 0;
            if (((wanted ^ Magic[index]) & Mask[index]) != 0)
                return false;
        }
        return Magic.Length > 0;
    }

    /// <returns>All entries; none when binfmt_misc is not mounted or not readable.</returns>
    public static IReadOnlyList<HostRegistration> ReadAll(string directory = Directory)
    {
        if (!System.IO.Directory.Exists(directory))
            return [];
        var entries = new List<HostRegistration>();
        foreach (var file in System.IO.Directory.EnumerateFiles(directory))
        {
            var name = Path.GetFileName(file);
            if (name is "register" or "status")
                continue;
            try
            {
                if (Parse(name, File.ReadAllText(file)) is { } entry)
                    entries.Add(entry);
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException)
            {
                // Removed at this moment, or not ours to read: it cannot be relied on either way.
            }
        }
        return entries;
    }

    /// <summary>Reads what the kernel shows of an entry: its state in the first line, then a name and a value in each.</summary>
    /// <returns>Null for an entry that goes by file name extension.</returns>
    public static HostRegistration? Parse(string name, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? Value(string key) =>
            lines
                .FirstOrDefault(line => line.StartsWith(key + " ", StringComparison.Ordinal))
                ?[(key.Length + 1)..];

        if (lines.Length == 0 || Value("magic") is not { } magic)
            return null;
        var magicBytes = Convert.FromHexString(magic);
        var flags = lines.FirstOrDefault(line =>
            line.StartsWith("flags:", StringComparison.Ordinal)
        );
        return new(
            name,
            lines[0] == "enabled",
            Value("interpreter") ?? "",
            flags?["flags:".Length..].Trim() ?? "",
            int.Parse(Value("offset") ?? "0", CultureInfo.InvariantCulture),
            magicBytes,
            Value("mask") is { } mask
                ? Convert.FromHexString(mask)
                : [.. Enumerable.Repeat((byte)0xff, magicBytes.Length)]
        );
    }
}
