using System.Globalization;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Store;

/// <summary>What is registered of store paths as lines of text: <c>nix-store --dump-db</c>, <c>--load-db</c>, <c>.reginfo</c> files.</summary>
/// <remarks>
/// Lines of one path: the path, its NAR hash in base 16, its NAR size, its deriver or nothing, the number of references, and
/// each reference. Hash and size are left out where files are to be read for them.
/// </remarks>
public sealed class RegistrationText(StoreDirectory directory)
{
    private const int ReferencesMax = 1_000_000;

    public void Write(TextWriter output, PathInfo info)
    {
        output.Write($"{directory.Format(info.Path)}\n");
        output.Write($"{info.NarHash.Format(HashFormat.Base16, withKind: false)}\n");
        output.Write($"{info.NarSize}\n");
        output.Write($"{(info.Deriver is null ? "" : directory.Format(info.Deriver))}\n");
        output.Write($"{info.References.Count}\n");
        foreach (var reference in info.References)
            output.Write($"{directory.Format(reference)}\n");
    }

    /// <param name="input">At the start of a path's lines.</param>
    /// <param name="hasHash">False: what is returned has the hash of nothing and no size.</param>
    /// <returns>Null at the end of the input.</returns>
    /// <exception cref="StoreException">The input ends early or makes no sense.</exception>
    public PathInfo? Read(TextReader input, bool hasHash)
    {
        if (input.ReadLine() is not { Length: > 0 } path)
            return null;
        var hash = hasHash
            ? Hash.Parse(Line(input), HashKind.Sha256)
            : Hash.Compute(HashKind.Sha256, []);
        var size = hasHash ? Number(input) : 0;
        var deriver = Line(input);
        var references = new List<StorePath>();
        var count = Number(input);
        if (count > ReferencesMax)
            throw new StoreException($"a registration names {count} references, which is too many");
        for (var index = 0; index < count; index++)
            references.Add(directory.Parse(Line(input)));
        return new PathInfo(directory.Parse(path), hash, size)
        {
            Deriver = deriver.Length == 0 ? null : directory.Parse(deriver),
            References = [.. references],
        };
    }

    private static string Line(TextReader input) =>
        input.ReadLine() ?? throw new StoreException("a registration ends early");

    private static long Number(TextReader input) =>
        Line(input) is var text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new StoreException($"a registration has '{text}' where a number is expected");
}
