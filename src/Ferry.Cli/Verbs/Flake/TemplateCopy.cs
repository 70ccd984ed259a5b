using Ferry.Cli.Composition;
using Ferry.Evaluation.Ports;
using Ferry.Platform.Processes;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Writes the files of a template into a folder, which may have files already. None of those is changed.</summary>
internal sealed class TemplateCopy(Session session, ISourceFiles files)
{
    private readonly List<string> _written = [];

    /// <summary>How many files were there already and are different.</summary>
    public int Conflicts { get; private set; }

    public void Run(string source, string folder)
    {
        Folder(source, folder);
        if (_written.Count > 0 && Path.Exists(Path.Combine(folder, ".git")))
            AddToRepository(folder);
    }

    private void Folder(string source, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (
            var entry in files.List(source).OrderBy(entry => entry.Name, StringComparer.Ordinal)
        )
        {
            session.Interruption.ThrowIfCancellationRequested();
            var (from, to) = ($"{source}/{entry.Name}", Path.Combine(folder, entry.Name));
            switch (entry.Kind)
            {
                case SourceFileKind.Directory:
                    Folder(from, to);
                    Wrote(to);
                    break;
                case SourceFileKind.Regular:
                case SourceFileKind.Executable:
                    var contents = files.Read(from);
                    if (
                        MayWrite(
                            from,
                            to,
                            () => File.ReadAllBytes(to).AsSpan().SequenceEqual(contents)
                        )
                    )
                    {
                        File.WriteAllBytes(to, contents);
                        Wrote(to);
                    }

                    break;
                case SourceFileKind.SymbolicLink:
                    var target = files.ReadLink(from);
                    if (MayWrite(from, to, () => new FileInfo(to).LinkTarget == target))
                    {
                        File.CreateSymbolicLink(to, target);
                        Wrote(to);
                    }

                    break;
                default:
                    throw new CommandException(
                        $"path '{files.Show(from)}' needs to be a symlink, file, or directory"
                    );
            }
        }
    }

    private bool MayWrite(string from, string to, Func<bool> isSame)
    {
        if (!Path.Exists(to) && new FileInfo(to).LinkTarget is null)
            return true;
        if (!Directory.Exists(to) && isSame())
        {
            session.Note($"skipping identical file: {files.Show(from)}");
            return false;
        }

        session.Note(
            $"refusing to overwrite existing file \"{to}\"\n please merge it manually with '{files.Show(from)}'"
        );
        Conflicts++;
        return false;
    }

    private void Wrote(string file)
    {
        _written.Add(file);
        session.Note($"wrote: \"{file}\"");
    }

    // A flake in a repository sees only files that git knows of.
    private void AddToRepository(string folder) =>
        ProcessOutput.Run(
            new ProcessSpecification
            {
                Program = "git",
                Arguments = ["-C", folder, "add", "--intent-to-add", "--force", "--", .. _written],
                Environment = session.Options.Environment.Variables,
            },
            ReadOnlyMemory<byte>.Empty,
            session.Interruption
        );
}
