using Ferry.Debian.Fetching;

namespace Ferry.Debian.Indexes;

/// <summary>The index by way of apt, which verifies its signature and keeps it.</summary>
internal sealed class AptIndex(AptClient apt) : IArchiveIndex
{
    private AptConfiguration? _configuration;

    public string Mirror => apt.Mirror;

    public void Update(
        string suite,
        string component,
        IReadOnlyList<string> architectures,
        CancellationToken cancellationToken
    )
    {
        _configuration = apt.Prepare(suite, component, architectures);
        apt.Update(_configuration, cancellationToken);
    }

    public void Read(
        string architecture,
        Action<string> onLine,
        CancellationToken cancellationToken
    ) =>
        AptClient.ReadIndex(
            AptClient.IndexFile(_configuration!, architecture)
                ?? throw new DebianException(
                    $"'{Mirror}' has no index of {architecture} for Debian {_configuration!.Suite}"
                ),
            onLine,
            cancellationToken
        );
}
