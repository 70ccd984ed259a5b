using System.Globalization;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.FileTrees;
using Ferry.Store.Profiles;

namespace Ferry.Build.Builtins;

/// <summary><c>builtin:buildenv</c>: one folder of links to the files of many packages, with a manifest.</summary>
/// <remarks>
/// Variables: <c>derivations</c>, words of each package: <c>false</c> for one that takes no part, its priority, how many paths
/// it has, and these; <c>manifest</c>, what <c>manifest.nix</c> leads to. Source: stock 2.34.8.
/// </remarks>
public sealed class EnvironmentBuilder : IBuiltinBuilder
{
    private const string ManifestName = "manifest.nix";

    public string Name => "builtin:buildenv";

    public void Build(BuiltinBuildContext context)
    {
        if (!context.OutputRealPaths.TryGetValue("out", out var output))
            throw new BuiltinBuildException("'builtin:buildenv' requires an 'out' output");
        var files = new LogicalFiles(
            context.Directory,
            path => context.IsInput(path) ? context.InputRealPath(path) : null
        );
        var tree = new EnvironmentTree(files, message => context.Log($"warning: {message}"))
        {
            ShownPath = output,
        };
        try
        {
            tree.Add(Packages(context.Require("derivations")));
            tree.AddLink(ManifestName, context.Require("manifest"));
            using var writer = new FileTreeWriter(output);
            tree.Write(writer);
        }
        catch (Exception failure) when (failure is EnvironmentConflictException or StoreException)
        {
            throw new BuiltinBuildException(failure.Message, failure);
        }
    }

    private static List<EnvironmentPackage> Packages(string text)
    {
        var packages = new List<EnvironmentPackage>();
        var words = new Queue<string>(
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        while (words.TryDequeue(out var active))
        {
            var priority = Number(words);
            for (var left = Number(words); left > 0; left--)
                packages.Add(new(Next(words), priority, active != "false"));
        }

        return packages;
    }

    private static int Number(Queue<string> words) =>
        Next(words) is var word
        && int.TryParse(
            word,
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : throw new BuiltinBuildException($"'{word}' in 'derivations' should be a number");

    private static string Next(Queue<string> words) =>
        words.TryDequeue(out var word)
            ? word
            : throw new BuiltinBuildException("'derivations' ends within a package");
}
