using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store;

namespace Ferry.Build.Sandbox;

/// <summary>Where outputs come into being: a directory beside the derivation, so that they are moved and not copied.</summary>
/// <remarks>
/// <c>DERIVATION.chroot/root/nix/store</c>, as in stock, whose collector knows the suffix. One builder at a time has it,
/// since the outputs are locked; what a killed one left is removed when the next one starts.
/// </remarks>
public sealed class ScratchStore : IDisposable
{
    private const int OwnerOnly = 0b111_000_000;

    // Sticky, and writable by the build's group: the builder makes outputs and cannot move the mount points of inputs.
    private const int StickyShared = 0b1_111_111_101;

    /// <summary>What the names of scratch stores end with.</summary>
    public const string Suffix = ".chroot";

    private readonly string _top;

    private ScratchStore(string top, string directory) => (_top, Directory) = (top, directory);

    /// <summary>What the builder sees as the store directory.</summary>
    public string Directory { get; }

    /// <summary>Where the scratch store of a derivation is.</summary>
    public static string PathFor(IStore store, StorePath derivation) =>
        store.RealPath(derivation) + Suffix;

    public static ScratchStore Create(IStore store, StorePath derivation, BuildUser user)
    {
        var top = PathFor(store, derivation);
        Trees.Remove(top);
        var directory = $"{top}/root{store.Directory.Path}";
        Names.MakeDirectory(top, OwnerOnly);
        System.IO.Directory.CreateDirectory(directory);
        user.Own(directory);
        FileMetadata.ChangeMode(directory, StickyShared);
        return new ScratchStore(top, directory);
    }

    /// <summary>Not seen by the builder: for copies of its outputs.</summary>
    public string CopyDirectory => $"{_top}/copy";

    public string RealPath(StorePath output) => $"{Directory}/{output}";

    public void Dispose() => Trees.Remove(_top);
}
