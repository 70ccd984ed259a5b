namespace Ferry.Syntax.Tests.Conformance;

/// <summary>Cases below <c>tests/corpus/language</c>: a folder is a case. What is expected came from stock 2.34.8.</summary>
internal static class Corpus
{
    public const string Input = "in.nix";

    private static string Folder { get; } =
        Path.Combine(RepositoryRoot(), "tests", "corpus", "language");

    /// <summary>Set to 1 to write what Ferry answers over what is expected; review the difference.</summary>
    private static bool AcceptsNewAnswers { get; } =
        Environment.GetEnvironmentVariable("FERRY_ACCEPT") == "1";

    public static string[] Cases(string group) =>
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(Folder, group))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
        ];

    public static byte[] Read(string group, string name, string file) =>
        File.ReadAllBytes(Path.Combine(Folder, group, name, file));

    public static void Check(string group, string name, string file, byte[] actual)
    {
        var path = Path.Combine(Folder, group, name, file);
        if (AcceptsNewAnswers)
            File.WriteAllBytes(path, actual);
        // Latin-1 shows every byte, text or not.
        var latin = System.Text.Encoding.Latin1;
        Assert.Equal(latin.GetString(File.ReadAllBytes(path)), latin.GetString(actual));
    }

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
