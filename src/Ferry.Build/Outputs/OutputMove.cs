using Ferry.Platform;
using Ferry.Platform.Files;

namespace Ferry.Build.Outputs;

/// <summary>Moves finished outputs to where the store wants them, within one file system.</summary>
internal static class OutputMove
{
    private const int OwnerWrite = 0b010_000_000;

    /// <summary>Replaces whatever invalid thing lies at the target.</summary>
    public static void Move(string from, string to)
    {
        Trees.Remove(to);
        var status = FileStatus.Get(from);

        // A directory's ".." changes with the move, which takes a write permission that store objects do not have.
        var needsWrite =
            !UserIdentity.IsRoot
            && status.Kind == FileKind.Directory
            && (status.Mode & OwnerWrite) == 0;
        if (needsWrite)
            FileMetadata.ChangeMode(from, status.Mode | OwnerWrite);
        Names.Move(from, to);
        if (needsWrite)
            FileMetadata.ChangeMode(to, status.Mode);
    }
}
