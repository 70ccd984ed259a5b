using System.Text;
using Ferry.Fetching.FileTrees;
using Ferry.Formats;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.FileTrees;

namespace Ferry.Fetching.Archives;

/// <summary><c>builtin:unpack-channel</c>: unpacks the archive of a channel, whose one folder gets the channel's name.</summary>
/// <remarks>Variables: <c>src</c>, <c>channelName</c>. Source: stock 2.34.8.</remarks>
public sealed class UnpackChannelBuilder : IBuiltinBuilder
{
    public string Name => "builtin:unpack-channel";

    public void Build(BuiltinBuildContext context)
    {
        if (!context.OutputRealPaths.TryGetValue("out", out var output))
            throw new BuiltinBuildException("'builtin:unpack-channel' requires an 'out' output");
        var name = context.Require("channelName");
        if (name is "" or "." or ".." || name.Contains('/'))
            throw new BuiltinBuildException(
                $"channelName is not allowed to contain filesystem separators, got \"{name}\""
            );
        var source = context.Require("src");
        try
        {
            using var archive = File.OpenRead(
                context.InputRealPath(context.Directory.Parse(source))
            );
            using var tree = ArchiveReader.Unpack(
                archive,
                Path.Combine(context.TemporaryDirectory, "contents")
            );
            Write(tree, source, name, output);
        }
        catch (Exception failure)
            when (failure is FetchException or StoreException or BadFormatException)
        {
            throw new BuiltinBuildException(failure.Message, failure);
        }
    }

    private static void Write(IFileTree tree, string source, string name, string output)
    {
        var top = tree.List("");
        if (top.Count != 1)
            throw new BuiltinBuildException(
                top.Count == 0
                    ? $"channel tarball '{source}' is empty"
                    : $"channel tarball '{source}' contains more than one file"
            );
        using var writer = new FileTreeWriter(output);
        writer.BeginDirectory();
        writer.BeginEntry(Encoding.UTF8.GetBytes(name));
        TreeWalk.Write(new SubTree(tree, "/" + top[0].Name), writer);
        writer.EndEntry();
        writer.EndDirectory();
    }
}
