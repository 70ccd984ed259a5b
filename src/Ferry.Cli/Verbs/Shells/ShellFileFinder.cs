using Ferry.Cli.Composition;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>From an operand of <c>nix-shell</c> to a derivation or an expression's file.</summary>
internal sealed class ShellFileFinder(Session session)
{
    private const string ShellFile = "shell.nix";
    private const string DefaultFile = "default.nix";
    private const char OutputMark = '!';
    private const string PrefersShellFile = "nix-shell-always-looks-for-shell-nix";

    /// <summary>The file that is meant without an operand.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public string Default()
    {
        var folder = session.WorkingDirectory;
        if (File.Exists(Path.Combine(folder, ShellFile)))
            return Path.Combine(folder, ShellFile);
        return File.Exists(Path.Combine(folder, DefaultFile))
            ? Path.Combine(folder, DefaultFile)
            : throw new CommandException(
                $"no argument specified and no '{ShellFile}' or '{DefaultFile}' file found in the working directory"
            );
    }

    /// <returns>Null when the operand does not lead to a derivation in the store.</returns>
    public StorePath? Derivation(string operand)
    {
        // With the output that nix-instantiate prints after it; the shell has all of them.
        var name = operand.Split(OutputMark)[0];
        var path = Path.GetFullPath(name, session.WorkingDirectory);
        var found = session.Files.Follow(path)?.Path ?? path;
        return
            session.Site.Directory.Contains(found)
            && found.EndsWith(StorePath.DerivationSuffix, StringComparison.Ordinal)
            ? session.Site.Directory.Parse(found)
            : null;
    }

    /// <param name="operand">A file, a folder, or <c>&lt;name></c>.</param>
    /// <param name="scriptFolder">Where relative names start; null: the working directory.</param>
    /// <exception cref="CommandException">A folder has neither file.</exception>
    public string Find(string operand, string? scriptFolder)
    {
        if (operand == "-")
            return operand;
        var path = operand is ['<', .. var name, '>']
            ? session.Evaluation.Run(site => site.FindFile(name))
            : Path.GetFullPath(operand, scriptFolder ?? session.WorkingDirectory);
        if (!Directory.Exists(path))
            return path;
        var shell = Path.Combine(path, ShellFile);
        if (File.Exists(shell))
        {
            if (session.Settings.Switch(PrefersShellFile))
                return shell;
            session.Warn(
                $"Skipping '{shell}', because the setting '{PrefersShellFile}' is disabled. This is a deprecated behavior. "
                    + $"Consider enabling '{PrefersShellFile}'."
            );
        }

        var whole = Path.Combine(path, DefaultFile);
        return File.Exists(whole)
            ? whole
            : throw new CommandException(
                $"neither '{ShellFile}' nor '{DefaultFile}' found in '{path}'"
            );
    }
}
