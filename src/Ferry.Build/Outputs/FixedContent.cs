using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.FileTrees;

namespace Ferry.Build.Outputs;

/// <summary>What a fixed output really hashes to, and a copy of it that nobody else can still write to.</summary>
internal static class FixedContent
{
    /// <summary>Makes a fresh copy of the tree.</summary>
    /// <remarks>
    /// A fixed-output build shares the host's network, where it could have handed an open file to another process; that
    /// one must not be able to change the content after its hash was found right.
    /// </remarks>
    public static BuiltOutput Copy(BuiltOutput output, string directory)
    {
        Directory.CreateDirectory(directory);
        var copy = output with { RealPath = Path.Combine(directory, output.Path.ToString()) };
        using (var writer = new FileTreeWriter(copy.RealPath))
            FileTreeReader.Read(output.RealPath, writer);
        CanonicalMetadata.Apply(copy.RealPath);
        return copy;
    }

    /// <summary>Hashes by the method and the algorithm that the derivation names.</summary>
    /// <param name="output">Read already, so that its NAR hash is known.</param>
    /// <param name="specified">What the derivation wants.</param>
    /// <exception cref="BuildException">A flat hash was asked for and the output is no plain file.</exception>
    public static BuiltOutput Hash(BuiltOutput output, DerivationOutput.Fixed specified)
    {
        var (method, kind) = (specified.Address.Method, specified.Address.Hash.Kind);
        var hash =
            method == ContentAddressMethod.Recursive
                ? HashTree(output, kind)
                : HashFile(output, kind);
        return output with { ContentAddress = new ContentAddress(method, hash) };
    }

    private static Hash HashTree(BuiltOutput output, HashKind kind) =>
        kind == HashKind.Sha256
            ? output.NarHash!
            : NarIdentity.Of(target => FileTreeReader.Read(output.RealPath, target), kind).Hash;

    private static Hash HashFile(BuiltOutput output, HashKind kind)
    {
        var status = FileStatus.Get(output.RealPath);
        if (status.Kind != FileKind.Regular || status.IsExecutable)
        {
            throw BuildException.BadOutput(
                $"output path \"{output.RealPath}\" should be a non-executable regular file since "
                    + "recursive hashing is not enabled (one of outputHashMode={flat,text} is true)"
            );
        }

        using var file = File.OpenRead(output.RealPath);
        return Formats.Hashing.Hash.Compute(kind, file);
    }
}
