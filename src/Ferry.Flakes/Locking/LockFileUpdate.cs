using Ferry.Fetching;
using Ferry.Fetching.Inputs;
using Ferry.Flakes.Declarations;
using Ferry.Flakes.Locks;
using Ferry.Flakes.References;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Flakes.Locking;

/// <summary>Writes a changed lock file, or says why not. Owner: one call.</summary>
internal sealed class LockFileUpdate(FlakeParts parts, LockOptions options, FlakeReference top)
{
    public LockedFlake Apply(
        LockedFlake locked,
        LockFile old,
        bool usesRegistries,
        Func<FlakeReference, bool, Flake> read
    )
    {
        var difference = LockDifference.Describe(old, locked.LockFile).TrimEnd('\n');
        if (!options.Writes)
        {
            parts.Warn($"not writing modified lock file of flake '{top}':\n{difference}");
            return locked with { IsChanged = true };
        }

        var folder = Fetcher.SourceFolder(top.Input);
        if (folder is null && options.OutputFile is null)
            throw new FlakeException(
                $"cannot write modified lock file of flake '{top}' (use '--no-write-lock-file' to ignore)"
            );
        if (locked.LockFile.FindUnlocked(parts.Fetcher.Settings) is { } unlocked)
        {
            RefuseUnlocked(unlocked);
            return locked;
        }

        if (!options.MayUpdate)
            throw new FlakeException(
                $"flake '{top}' requires lock file changes but they're not allowed due to '--no-update-lock-file'"
            );

        var text = LockFileWriter.Write(locked.LockFile).Text + "\n";
        if (options.OutputFile is { } output)
        {
            if (options.Commits)
                throw new FlakeException(
                    "'--commit-lock-file' and '--output-lock-file' are incompatible"
                );
            File.WriteAllText(output, text);
        }
        else
            WriteInto(folder!, text, difference);

        // The source is another one now.
        var before = locked.Flake.Locked.Input.Revision;
        parts.Fetcher.Forget();
        var flake = read(top, usesRegistries);
        if (options.Commits && flake.Locked.Input.Revision is { } revision && revision != before)
            parts.Warn($"committed new revision '{flake.Locked.Input.Attributes.Text("rev")}'");
        return locked with
        {
            Flake = flake,
            Folders = locked.Folders.ToDictionary(
                pair => pair.Key,
                pair => ReferenceEquals(pair.Key, locked.LockFile.Root) ? flake.Folder : pair.Value
            ),
        };
    }

    private void WriteInto(string folder, string text, string difference)
    {
        var path = (top.Folder.Length == 0 ? "" : top.Folder + "/") + "flake.lock";
        var file = Path.Combine(folder, path);
        var exists = Path.Exists(file);
        parts.Warn(
            !exists ? $"creating lock file \"{file}\": \n{difference}"
            : difference.Length == 0 ? $"updating lock file \"{file}\""
            : $"updating lock file \"{file}\":\n{difference}"
        );
        string? message = null;
        if (options.Commits)
        {
            var summary = options.CommitSummary is { Length: > 0 } given
                ? given
                : $"{path}: {(exists ? "Update" : "Add")}";
            var plain = TerminalColor.Strip(difference + "\n");
            message = $"{summary}\n\nFlake lock file updates:\n\n{plain}";
        }

        parts.Fetcher.Write(top.Input, new SourceFile(path, text, message));
        parts.Evaluator.ForgetFiles();
    }

    private void RefuseUnlocked(FlakeReference unlocked)
    {
        if (options.FailsOnUnlocked)
            throw new FlakeException(
                $"Not writing lock file of flake '{top}' because it has an unlocked input ('{unlocked}'). Use '--allow-dirty-locks' to allow this anyway."
            );
        if (parts.Fetcher.Settings.WarnsOfDirtyTrees)
            parts.Warn(
                $"not writing lock file of flake '{top}' because it has an unlocked input ('{unlocked}')"
            );
    }
}
