using System.Net;
using System.Net.Sockets;

namespace Ferry.Fetching.Tests.Downloads;

/// <summary>An HTTP server on this machine whose answers a test decides.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Action<HttpListenerContext, int> _answer;
    private int _requests;

    /// <param name="answer">Gets the request and its number, counted from 1.</param>
    public TestServer(Action<HttpListenerContext, int> answer)
    {
        _answer = answer;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    public void Dispose() => _listener.Close();

    public static void Send(HttpListenerContext context, byte[] body)
    {
        context.Response.ContentLength64 = body.Length;
        context.Response.OutputStream.Write(body);
        context.Response.Close();
    }

    public static void Refuse(HttpListenerContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Close();
    }

    private void Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = _listener.GetContext();
            }
            catch (Exception closed)
                when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                _answer(context, Interlocked.Increment(ref _requests));
            }
            catch (Exception broken) when (broken is HttpListenerException or IOException)
            {
                // The client went away, as some tests want it to.
                context.Response.Abort();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
