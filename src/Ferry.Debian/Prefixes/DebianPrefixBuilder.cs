using Ferry.Store.Building;

namespace Ferry.Debian.Prefixes;

/// <summary>
/// <c>builtin:debian-prefix</c>: unpacks and relocates packages, as its variable <c>specification</c> says.
/// </summary>
public sealed class DebianPrefixBuilder : IBuiltinBuilder
{
    public string Name => "builtin:debian-prefix";

    public void Build(BuiltinBuildContext context)
    {
        var places = new PrefixPlaces(
            context.OutputRealPaths["out"],
            context.Require("out"),
            path => RealPath(context, path)
        );
        try
        {
            PrefixAssembler.Assemble(
                PrefixSpecification.Parse(context.Require("specification")),
                places,
                (done, total) => context.Progress(done, total),
                context.CancellationToken
            );
        }
        catch (Exception exception)
            when (exception is DebianException or IOException or UnauthorizedAccessException)
        {
            throw new BuiltinBuildException(exception.Message, exception);
        }
    }

    // A path of the store may go on below the store object.
    private static string RealPath(BuiltinBuildContext context, string path)
    {
        var root = context.Directory.Path + "/";
        if (!path.StartsWith(root, StringComparison.Ordinal))
            return path;
        var end = path.IndexOf('/', root.Length);
        var storePath = end < 0 ? path : path[..end];
        var rest = end < 0 ? "" : path[end..];
        return context.InputRealPath(context.Directory.Parse(storePath)) + rest;
    }
}
