namespace Ferry.Debian.Locks;

/// <summary>The package set, as far as pins go, as it was committed. Paths are below the set and start with a slash.</summary>
public interface IPinnedSet
{
    /// <exception cref="IOException">There is no such file.</exception>
    string ReadText(string path);

    /// <summary>Paths of the pins of sources, in order: <c>/pkgs/he/hello/source.json</c>.</summary>
    IEnumerable<string> SourcePins();
}

/// <summary>Where the set keeps what fetching from Debian needs.</summary>
public static class PinnedSetPaths
{
    public const string Roots = "/bootstrap/roots.json";

    /// <summary>The public keys that the archive is signed with.</summary>
    public const string Keys = "/bootstrap/archive-keys.asc";

    public static string Lock(string architecture) => $"/bootstrap/lock/{architecture}.json";
}
