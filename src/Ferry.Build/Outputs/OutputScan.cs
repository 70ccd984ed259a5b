using Ferry.Build.Sandbox;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store;
using Ferry.Store.FileTrees;

namespace Ferry.Build.Outputs;

/// <summary>First step: the output is there, is the build's own, and gets a store object's metadata; then it is read once.</summary>
internal static class OutputScan
{
    private const int SharedWrite = 0b000_010_010;

    /// <exception cref="BuildException">The builder did not make it.</exception>
    public static void RequirePresent(BuiltOutput output, string derivationPath)
    {
        if (FileStatus.TryGet(output.RealPath) is null)
        {
            throw BuildException.BadOutput(
                $"builder for '{derivationPath}' failed to produce output path for output "
                    + $"'{output.Name}' at \"{output.RealPath}\""
            );
        }
    }

    /// <summary>Refuses what someone else may have made or changed.</summary>
    /// <exception cref="BuildException">It is writable by others, or not the build's.</exception>
    public static void RequireOwn(BuiltOutput output, BuildUser user)
    {
        var status = FileStatus.Get(output.RealPath);
        var isSharedWritable =
            status.Kind != FileKind.SymbolicLink && (status.Mode & SharedWrite) != 0;
        if (isSharedWritable || (user.IsSeparate && status.User != user.User))
        {
            throw BuildException.BadOutput(
                $"suspicious ownership or permission on \"{output.RealPath}\" for output "
                    + $"'{output.Name}'; rejecting this build output"
            );
        }
    }

    /// <summary>Gives all outputs a store object's metadata; they may share files by hard links.</summary>
    /// <remarks>First of all steps that read them: a link to a file of the host must be found before its content is used.</remarks>
    /// <exception cref="StoreException">A file is someone else's, or of a kind that no store holds.</exception>
    public static void Canonicalise(IReadOnlyList<BuiltOutput> outputs, BuildUser user) =>
        CanonicalMetadata.Apply(
            outputs.Select(output => output.RealPath),
            user.IsSeparate ? new UserRange(user.User, user.User) : null
        );

    /// <summary>Reads the tree once, for its references and its NAR hash.</summary>
    /// <param name="output">Canonicalised.</param>
    /// <param name="candidates">Every path it may refer to; empty when its references are to be discarded.</param>
    public static BuiltOutput Read(BuiltOutput output, IEnumerable<StorePath> candidates)
    {
        using var scanner = new ReferenceScanner(candidates);
        using var sink = new HashingStream(HashKind.Sha256, scanner);
        var writer = new NarWriter(sink);
        FileTreeReader.Read(output.RealPath, writer);
        writer.Complete();
        return output with
        {
            References = scanner.Found,
            NarHash = sink.Finish(),
            NarSize = sink.Count,
        };
    }
}
