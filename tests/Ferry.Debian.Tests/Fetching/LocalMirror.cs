using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ferry.Debian.Tests.Fetching;

/// <summary>An HTTP server on this machine that gives files from memory and counts requests.</summary>
internal sealed class LocalMirror : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _requests;

    public LocalMirror()
    {
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public Dictionary<string, byte[]> Files { get; } = [];

    public int Requests => _requests;

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        while (true)
        {
            try
            {
                using var client = _listener.AcceptTcpClient();
                Answer(client.GetStream());
            }
            catch (Exception exception)
                when (exception
                        is SocketException
                            or ObjectDisposedException
                            or InvalidOperationException
                )
            {
                return;
            }
        }
    }

    private void Answer(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var path = reader.ReadLine()!.Split(' ')[1].TrimStart('/');
        while (reader.ReadLine() is { Length: > 0 }) { }
        Interlocked.Increment(ref _requests);
        var found = Files.TryGetValue(path, out var content);
        var status = found ? "200 OK" : "404 Not Found";
        content ??= [];
        stream.Write(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"
            )
        );
        stream.Write(content);
    }
}
