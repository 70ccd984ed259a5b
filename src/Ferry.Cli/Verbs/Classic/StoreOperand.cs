using System.Collections.Immutable;
using Ferry.Cli.Composition;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Classic;

/// <summary>A path on the command line of <c>nix-store</c>: in the store, below a store path, or a link to either.</summary>
internal static class StoreOperand
{
    /// <exception cref="CommandException">It leads to no store path.</exception>
    public static StorePath Parse(Session session, string operand)
    {
        var directory = session.Site.Directory;
        var path = Path.GetFullPath(operand, session.WorkingDirectory);
        for (var links = 0; !directory.Contains(path) && links < 40; links++)
        {
            if (new FileInfo(path).LinkTarget is not { } target)
                break;
            path = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }

        return directory.Contains(path)
            ? directory.Split(path).Path
            : throw new CommandException($"path '{path}' is not in the Nix store");
    }

    /// <summary>Takes <c>!out,dev</c> off the end of a derivation's path.</summary>
    /// <returns>No outputs when none are asked for.</returns>
    public static (string Path, ImmutableSortedSet<ByteString>? Outputs) SplitOutputs(
        string operand
    )
    {
        var separator = operand.LastIndexOf('!');
        return separator < 0
            ? (operand, null)
            : (
                operand[..separator],
                [.. operand[(separator + 1)..].Split(',').Select(ByteString.FromString)]
            );
    }

    /// <summary>The derivation itself, or the one a path was built from.</summary>
    /// <exception cref="CommandException">That is not known.</exception>
    public static StorePath Deriver(Session session, StorePath path) =>
        path.IsDerivation
            ? path
            : session.Store.RequireInfo(path).Deriver
                ?? throw new CommandException(
                    $"deriver of path '{session.Store.Directory.Format(path)}' is not known"
                );

    public static DerivedPath ToTarget(StorePath path) =>
        path.IsDerivation
            ? new DerivedPath.Built(path, OutputNames: null)
            : new DerivedPath.Opaque(path);
}
