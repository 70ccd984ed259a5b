using Ferry.Cli.Composition;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Cli.Installables;

/// <summary>The links <c>result</c>, <c>result-dev</c>, <c>result-1</c> …, each a root of the collector.</summary>
internal static class ResultLinks
{
    private static readonly ByteString s_mainOutput = "out";

    public static void Make(Session session, string name, IReadOnlyList<BuildResult> results)
    {
        for (var index = 0; index < results.Count; index++)
        {
            var stem = index == 0 ? name : $"{name}-{index}";
            var result = results[index];
            if (result.Target is DerivedPath.Opaque opaque)
                session.Site.AddRoot(Absolute(session, stem), opaque.Path);
            foreach (var (output, path) in result.Outputs)
                session.Site.AddRoot(Absolute(session, OfOutput(stem, output)), path);
        }
    }

    /// <summary>The link of one output: the main one has no suffix.</summary>
    public static string OfOutput(string stem, ByteString output) =>
        output == s_mainOutput ? stem : $"{stem}-{output}";

    public static IEnumerable<StorePath> PathsOf(BuildResult result) =>
        result.Target is DerivedPath.Opaque opaque ? [opaque.Path] : result.Outputs.Values;

    private static string Absolute(Session session, string link) =>
        Path.GetFullPath(link, session.WorkingDirectory);
}
