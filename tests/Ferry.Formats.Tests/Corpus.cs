namespace Ferry.Formats.Tests;

/// <summary>Files below <c>tests/corpus/formats</c>, made by stock Nix 2.34.8 from expressions of our own.</summary>
internal static class Corpus
{
    public static string Folder { get; } =
        Path.Combine(RepositoryRoot(), "tests", "corpus", "formats");

    public static string[] Files(string folder, string pattern) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Folder, folder), pattern)
                .Order(StringComparer.Ordinal),
        ];

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ferry.slnx")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException(
                    "the tests do not run inside the repository"
                );
        return folder;
    }
}
