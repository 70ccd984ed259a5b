namespace Ferry.Debian.Indexes;

/// <summary>What a suite of the archive holds today, by the word of its signature.</summary>
internal interface IArchiveIndex
{
    /// <summary>The root of the archive that is asked, without a final slash.</summary>
    string Mirror { get; }

    /// <summary>Fetches what is new; before anything is read.</summary>
    /// <param name="suite">As in <c>trixie</c>.</param>
    /// <param name="component">As in <c>main</c>.</param>
    /// <param name="architectures">Debian's words, and <c>source</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DebianException">It is not to be had, or its signature is not good.</exception>
    void Update(
        string suite,
        string component,
        IReadOnlyList<string> architectures,
        CancellationToken cancellationToken
    );

    /// <summary>Hands on the lines of one of the architectures' files.</summary>
    /// <exception cref="DebianException">It cannot be read.</exception>
    void Read(string architecture, Action<string> onLine, CancellationToken cancellationToken);
}
