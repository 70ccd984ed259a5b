using System.Buffers.Binary;
using System.Text;
using Ferry.Cli.Installables;
using Ferry.Formats.Hashing;
using Ferry.Platform.Files;

namespace Ferry.Cli.Composition.Answers;

/// <summary>What a command wants to know of a flake, with all that decides the answer before any file is read.</summary>
internal sealed class AnswerQuestion
{
    // Settings that decide how things are built, fetched and shown, and not what evaluation gives.
    private static readonly HashSet<string> s_irrelevant =
    [
        "cores",
        "max-jobs",
        "timeout",
        "max-silent-time",
        "max-build-log-size",
        "log-lines",
        "keep-going",
        "keep-failed",
        "keep-build-log",
        "sandbox",
        "sandbox-shell",
        "sandbox-paths",
        "extra-platforms",
        "system-features",
        "eval-cores",
        "eval-cache",
        "fsync-metadata",
        "print-missing",
        "hashed-mirrors",
        "download-attempts",
        "connect-timeout",
        "stalled-download-timeout",
        "ssl-cert-file",
        "netrc-file",
        "trusted-public-keys",
        "substitute",
        "access-tokens",
        "bash-prompt",
        "bash-prompt-prefix",
        "bash-prompt-suffix",
        "commit-lock-file-summary",
    ];

    private AnswerQuestion(string key) => Key = key;

    /// <summary>Equal only for equal questions; a file name.</summary>
    public string Key { get; }

    /// <param name="session">Whose settings count.</param>
    /// <param name="flake">What is asked about.</param>
    /// <param name="words">What about it.</param>
    /// <returns>Null where each answer counts once, since the command changes the lock file.</returns>
    public static AnswerQuestion? Of(
        Session session,
        Installable.OfFlake flake,
        params IReadOnlyList<string> words
    )
    {
        if (flake.Options.Describe(session) is not { } options)
            return null;
        var set = session.PackageSet;
        if (flake.Reference.IsPackageSet && session.Debian.Pins.Exist)
            return null;
        var parts = new List<string>();
        AddCircumstances(parts, session);
        parts.Add(flake.Reference.Attributes.ToJson());
        parts.Add(flake.Reference.IsPackageSet ? $"{set.IsEmbedded} {set.Folder}" : "");
        AddList(parts, options);
        AddList(parts, flake.Places.Candidates(session.Options.System, flake.AttributePath));
        AddList(parts, words);
        return new(Hashed(parts));
    }

    private static void AddCircumstances(List<string> parts, Session session)
    {
        var (options, environment) = (session.Options, session.Options.Environment);
        var (location, evaluation) = (session.Site.Location, session.Evaluation);
        parts.AddRange(
            Versions.Ferry,
            ProgramStamp(environment),
            location.Directory.Path,
            location.RealDirectory,
            location.StateDirectory,
            options.System,
            $"{evaluation.IsPure} {evaluation.IsReadOnly} {session.UsesColour}",
            environment.Home ?? "",
            environment.Variable("NIX_ABORT_ON_WARN") ?? ""
        );
        if (!evaluation.IsPure)
        {
            parts.Add(session.WorkingDirectory);
            AddList(parts, options.SearchPath);
        }

        foreach (var setting in session.Settings.Known)
        {
            if (s_irrelevant.Contains(setting.Name) || !session.Settings.IsSet(setting.Name))
                continue;
            parts.Add(setting.Name);
            parts.Add(session.Settings.Text(setting.Name));
            if (setting.Kind == Settings.SettingKind.Words)
                AddList(parts, session.Settings.Words(setting.Name));
        }
    }

    // Another build of this program may evaluate differently, also where its version is the same.
    private static string ProgramStamp(ProcessEnvironment environment)
    {
        if (environment.Program is not { } program)
            return "";
        var folder = Path.GetDirectoryName(program)!;
        string[] files =
        [
            program,
            .. File.Exists(Path.Combine(folder, "ferry.dll"))
                ? Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).ToArray()
                : [],
        ];
        var stamps = files.Select(file =>
            FileStatus.TryGet(file, followsLink: true) is { } status
                ? $"{status.ModifiedSeconds}.{status.ModifiedNanoseconds} {status.SizeBytes} {status.Inode}"
                : ""
        );
        return string.Join('\n', stamps);
    }

    private static void AddList(List<string> parts, IReadOnlyCollection<string> list)
    {
        parts.Add($"{list.Count}");
        parts.AddRange(list);
    }

    // Lengths keep what stands in one part from looking like the next one.
    private static string Hashed(List<string> parts)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return Hash.Compute(HashKind.Sha256, bytes.GetBuffer().AsSpan(0, (int)bytes.Length))
            .Format(HashFormat.Nix32, withKind: false);
    }
}
