using System.Text;
using Ferry.Evaluation;
using Ferry.Evaluation.Ports;
using Ferry.Formats.Nar;

namespace Ferry.Cli.Composition.Files;

/// <summary>Hands a tree of source files to a NAR target, with or without a filter.</summary>
/// <param name="files">Where to read.</param>
/// <param name="filter">Null takes everything; called with absolute paths, never for the top itself.</param>
internal sealed class SourceTreeWriter(
    ISourceFiles files,
    Func<string, SourceFileKind, bool>? filter
)
{
    /// <exception cref="EvaluationException">A file cannot be read, or is none that a store can hold.</exception>
    public void Write(string path, INarTarget target) =>
        Write(path, files.Kind(path) ?? throw Missing(path), target);

    private void Write(string path, SourceFileKind kind, INarTarget target)
    {
        switch (kind)
        {
            case SourceFileKind.Regular:
            case SourceFileKind.Executable:
                var contents = files.Read(path);
                target.BeginFile(kind == SourceFileKind.Executable, contents.Length);
                target.FileContents(contents);
                target.EndFile();
                break;
            case SourceFileKind.SymbolicLink:
                target.SymbolicLink(Encoding.UTF8.GetBytes(files.ReadLink(path)));
                break;
            case SourceFileKind.Directory:
                WriteDirectory(path, target);
                break;
            default:
                throw EvaluationException.Failed($"file '{path}' has an unsupported type");
        }
    }

    private void WriteDirectory(string path, INarTarget target)
    {
        target.BeginDirectory();
        var entries = files
            .List(path)
            .Select(entry => (Bytes: Encoding.UTF8.GetBytes(entry.Name), Entry: entry))
            .ToList();
        entries.Sort((left, right) => left.Bytes.AsSpan().SequenceCompareTo(right.Bytes));
        foreach (var (name, entry) in entries)
        {
            var child = path == "/" ? "/" + entry.Name : $"{path}/{entry.Name}";
            if (filter is not null && !filter(child, entry.Kind))
                continue;
            target.BeginEntry(name);
            Write(child, entry.Kind, target);
            target.EndEntry();
        }

        target.EndDirectory();
    }

    private static EvaluationException Missing(string path) =>
        EvaluationException.Failed($"path '{path}' does not exist");
}
