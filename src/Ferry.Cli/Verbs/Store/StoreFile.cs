using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Store;

/// <summary>A file inside a store path, as named on the command line.</summary>
internal static class StoreFile
{
    /// <returns>Where it lies on this machine. Symbolic links on the way are not followed.</returns>
    /// <exception cref="CommandException">The operand is missing, outside the store, not valid, or not there.</exception>
    public static string Locate(Session session, IReadOnlyList<string> operands)
    {
        var text = System.IO.Path.GetFullPath(
            session.OnlyOperand(operands),
            session.WorkingDirectory
        );
        if (!session.Store.Directory.Contains(text))
            throw new CommandException($"path '{text}' is not in the Nix store");
        var (path, below) = session.Store.Directory.Split(text);
        if (!session.Store.IsValid(path))
            throw new CommandException(
                $"path '{session.Store.Directory.Format(path)}' is not a valid store path"
            );

        var real = session.Store.RealPath(path) + below;
        return System.IO.Path.Exists(real) || new FileInfo(real).LinkTarget is not null
            ? real
            : throw new CommandException($"path '{text}' does not exist");
    }
}
