using System.Net.Sockets;
using System.Text;
using Ferry.Platform.Files;
using Ferry.Store.Local.Roots;

namespace Ferry.Store.Local.Collection;

/// <summary>Where processes tell a running collector which paths they need: <c>gc-socket/socket</c>.</summary>
/// <remarks>Stock's protocol: a path and a newline, answered by "1" when the path will not be deleted any more.</remarks>
internal sealed class CollectorSocket : IDisposable
{
    private const int SharedDirectory = 0b111_101_101;
    private const int EveryoneMayWrite = 0b110_110_110;
    private const int WaitingMax = 128;

    private readonly Socket _listener;
    private readonly Action<string> _protect;
    private readonly List<Socket> _clients = [];
    private readonly Lock _lock = new();
    private readonly string _path;

    private CollectorSocket(string path, Socket listener, Action<string> protect) =>
        (_path, _listener, _protect) = (path, listener, protect);

    /// <param name="stateDirectory">The store's; no other collector runs on it.</param>
    /// <param name="protect">Called by several threads with a path; returns when it is safe.</param>
    public static CollectorSocket Listen(string stateDirectory, Action<string> protect)
    {
        var folder = $"{stateDirectory}/gc-socket";
        var path = $"{folder}/socket";
        _ = Names.TryMakeDirectory(folder, SharedDirectory);
        _ = Names.RemoveFile(path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using (var address = SocketAddress.Of(path))
                listener.Bind(address.EndPoint);
            FileMetadata.ChangeMode(path, EveryoneMayWrite);
            listener.Listen(WaitingMax);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        var socket = new CollectorSocket(path, listener, protect);
        new Thread(socket.Accept) { IsBackground = true, Name = "collector's socket" }.Start();
        return socket;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _listener.Dispose();
            foreach (var client in _clients)
                client.Dispose();
        }

        _ = Names.RemoveFile(_path);
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.Accept();
                lock (_lock)
                    _clients.Add(client);
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The collector is done.
        }
    }

    private void Serve(Socket client)
    {
        try
        {
            using var reader = new StreamReader(new NetworkStream(client), Encoding.UTF8);
            while (reader.ReadLine() is { } path)
            {
                _protect(path);
                _ = client.Send("1"u8);
            }
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The process has ended, or the collector has.
        }

        lock (_lock)
            _clients.Remove(client);
        client.Dispose();
    }
}
