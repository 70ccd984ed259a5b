namespace Ferry.Formats.Nar;

/// <summary>Takes a file tree piece by piece, in NAR order: a writer of archives, a restorer, a listing.</summary>
/// <remarks>
/// A tree is one node. A node is a file (<see cref="BeginFile"/>, any number of <see cref="FileContents"/>,
/// <see cref="EndFile"/>), a symbolic link, or a directory: <see cref="BeginDirectory"/>, for each child in byte order of
/// the names <see cref="BeginEntry"/>, its node and <see cref="EndEntry"/>, then <see cref="EndDirectory"/>.
/// Spans are valid during the call only.
/// </remarks>
public interface INarTarget
{
    void BeginDirectory();

    void BeginEntry(ReadOnlySpan<byte> name);

    void EndEntry();

    void EndDirectory();

    void SymbolicLink(ReadOnlySpan<byte> target);

    /// <param name="isExecutable">By its owner.</param>
    /// <param name="size">Bytes that will follow, exactly.</param>
    void BeginFile(bool isExecutable, long size);

    void FileContents(ReadOnlySpan<byte> bytes);

    void EndFile();
}
