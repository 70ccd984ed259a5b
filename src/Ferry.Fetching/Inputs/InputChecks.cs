using System.Globalization;
using Ferry.Formats.Inputs;

namespace Ferry.Fetching.Inputs;

/// <summary>Compares what was asked for with what came.</summary>
public static class InputChecks
{
    /// <returns>The attributes that the fetched tree has from now on.</returns>
    /// <exception cref="FetchException">Something that was asked for is not so.</exception>
    public static FetchInput Reconcile(FetchInput asked, FetchInput found)
    {
        if (asked.IsFinal)
            return ReconcileFinal(asked, found);

        if (asked.NarHash is { } hash && found.NarHash is { } other && hash != other)
            throw HashMismatch(asked, hash.ToSri(), other.ToSri());
        if (asked.LastModified is { } time && found.LastModified != time)
            throw new FetchException(
                $"'lastModified' attribute mismatch in input '{found}', expected {time}, got {found.LastModified?.ToString(CultureInfo.InvariantCulture) ?? "-1"}"
            );
        if (asked.Revision is { } revision && found.Revision != revision)
            throw new FetchException(
                $"'rev' attribute mismatch in input '{found}', expected {InputScheme.RevisionText(revision)}"
            );
        if (asked.RevisionCount is { } count && found.RevisionCount != count)
            throw new FetchException(
                $"'revCount' attribute mismatch in input '{found}', expected {count}"
            );
        return found;
    }

    /// <summary>For an input that has other contents than its hash says; both hashes as texts.</summary>
    public static FetchException HashMismatch(FetchInput input, string expected, string found) =>
        FetchException.HashMismatch(
            $"NAR hash mismatch in input '{input}', expected '{expected}' but got '{found}'"
        );

    // Nothing is added to an input from a lock file; what both have must be the same.
    private static FetchInput ReconcileFinal(FetchInput asked, FetchInput found)
    {
        // Old lock files have hashes without the last '='.
        if (asked.NarHash is { } hash)
            asked = asked.WithNarHash(hash);
        if (found.NarHash is { } foundHash)
            found = found.WithNarHash(foundHash);
        foreach (var (name, value) in asked.Attributes)
        {
            if (found.Attributes.TryGet(name, out InputAttribute other) && other != value)
                throw new FetchException(
                    $"mismatch in field '{name}' of input '{asked.Attributes.ToJson()}', got '{found.Attributes.ToJson()}'"
                );
        }

        return asked;
    }
}
