using System.Net.Sockets;
using System.Text;
using Ferry.Platform.Directories;

namespace Ferry.Store.Local.Roots;

/// <summary>The address of a Unix socket, also where its path is longer than an address may be.</summary>
internal sealed class SocketAddress : IDisposable
{
    // sockaddr_un has 108 bytes, one of them for the end.
    private const int PathLengthMax = 107;

    private readonly DirectoryHandle? _folder;

    private SocketAddress(string path, DirectoryHandle? folder)
    {
        _folder = folder;
        EndPoint = new UnixDomainSocketEndPoint(path);
    }

    /// <summary>Valid until this is disposed of.</summary>
    public UnixDomainSocketEndPoint EndPoint { get; }

    public static SocketAddress Of(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= PathLengthMax)
            return new(path, folder: null);
        var folder = DirectoryHandle.Open(Path.GetDirectoryName(path)!);
        return new($"/proc/self/fd/{folder.Descriptor}/{Path.GetFileName(path)}", folder);
    }

    public void Dispose() => _folder?.Dispose();
}
