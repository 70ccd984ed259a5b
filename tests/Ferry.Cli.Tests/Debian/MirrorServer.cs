using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ferry.Cli.Tests.Debian;

/// <summary>An HTTP server on this machine that gives files from memory, well or badly.</summary>
internal sealed class MirrorServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ManualResetEventSlim _end = new();
    private int _badAnswers;

    public MirrorServer()
    {
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/debian";
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>The root of the archive.</summary>
    public string Address { get; }

    /// <summary>By path below the root.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>What happens to requests for packages; those for the index are answered well.</summary>
    public MirrorMischief Mischief { get; set; }

    /// <summary>How many answers are bad before they become good.</summary>
    public int BadAnswersMax { get; set; } = int.MaxValue;

    public void Dispose()
    {
        _end.Set();
        _listener.Dispose();
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                Answer(client.GetStream());
            }
            catch (IOException)
            {
                // The client went away.
            }
        }
    }

    private void Answer(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        if (reader.ReadLine() is not { } request)
            return;
        var offset = 0;
        while (reader.ReadLine() is { Length: > 0 } header)
        {
            if (header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                offset = int.Parse(
                    header["Range: bytes=".Length..].TrimEnd('-'),
                    CultureInfo.InvariantCulture
                );
        }

        var path = Uri.UnescapeDataString(request.Split(' ')[1])["/debian/".Length..];
        Requests.Enqueue(path);
        var mischief =
            path.StartsWith("pool/", StringComparison.Ordinal)
            && Interlocked.Increment(ref _badAnswers) <= BadAnswersMax
                ? Mischief
                : MirrorMischief.None;
        if (mischief == MirrorMischief.Hang)
            _end.Wait();
        else if (mischief == MirrorMischief.WebPage)
            Send(stream, "200 OK", "<!DOCTYPE html>\n<html>please log in</html>\n"u8.ToArray());
        else if (!Files.TryGetValue(path, out var content))
            Send(stream, "404 Not Found", []);
        else if (mischief == MirrorMischief.OtherContent)
            Send(stream, "200 OK", [.. content.Select(part => (byte)~part)]);
        else
            SendFile(stream, content, offset, mischief == MirrorMischief.Truncate);
    }

    private static void SendFile(NetworkStream stream, byte[] content, int offset, bool truncates)
    {
        var rest = content[offset..];
        var status = offset > 0 ? "206 Partial Content" : "200 OK";
        var range =
            offset > 0
                ? $"Content-Range: bytes {offset}-{content.Length - 1}/{content.Length}\r\n"
                : "";
        Send(stream, status, rest, range, truncates ? rest.Length / 2 : rest.Length);
    }

    private static void Send(
        NetworkStream stream,
        string status,
        byte[] content,
        string headers = "",
        int? sent = null
    )
    {
        stream.Write(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nContent-Length: {content.Length}\r\nETag: \"1\"\r\n{headers}Connection: close\r\n\r\n"
            )
        );
        stream.Write(content.AsSpan(0, sent ?? content.Length));
    }
}

public enum MirrorMischief
{
    None,

    /// <summary>Takes the request and never says anything.</summary>
    Hang,

    /// <summary>Closes the connection in the middle of a file.</summary>
    Truncate,

    /// <summary>Sends a file of the right length that is another one.</summary>
    OtherContent,

    /// <summary>What a proxy says in place of the file.</summary>
    WebPage,
}
