using System.Net.Sockets;
using System.Text;
using Ferry.Platform.Files;

namespace Ferry.Store.Local.Roots;

/// <summary>The paths that this process keeps from the collector: the file <c>temproots/PID</c>, locked while we live.</summary>
/// <remarks>
/// Stock's protocol. While no collector runs (shared lock on <c>gc.lock</c>) a root is a path and a NUL at the end of the file.
/// While one runs it is told through its socket and answers "1". A process has one such file for each state directory, so
/// stores opened twice share it. Any number of threads may use one.
/// </remarks>
internal sealed class TemporaryRoots : IDisposable
{
    private const int RetryPauseMilliseconds = 100;

    private static readonly Lock s_openLock = new();
    private static readonly Dictionary<string, TemporaryRoots> s_open = new(StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly string _socketPath;
    private readonly FileLock _collectorLock;
    private FileLock? _file;
    private Socket? _collector;
    private long _length;
    private int _users;

    private TemporaryRoots(string stateDirectory)
    {
        _path = $"{stateDirectory}/temproots/{Environment.ProcessId}";
        _socketPath = $"{stateDirectory}/gc-socket/socket";
        _collectorLock = FileLock.Open($"{stateDirectory}/gc.lock");
    }

    public static TemporaryRoots Open(string stateDirectory)
    {
        lock (s_openLock)
        {
            if (!s_open.TryGetValue(stateDirectory, out var roots))
                s_open[stateDirectory] = roots = new TemporaryRoots(stateDirectory);
            roots._users++;
            return roots;
        }
    }

    /// <summary>Returns when no collector will delete the path any more.</summary>
    /// <param name="path">The whole path as text.</param>
    public void Add(string path)
    {
        lock (_lock)
        {
            if (!_known.Add(path))
                return;
            _file ??= CreateFile();
            while (!TryAdd(path))
                Thread.Sleep(RetryPauseMilliseconds);
        }
    }

    public void Dispose()
    {
        lock (s_openLock)
        {
            if (--_users > 0)
                return;
            s_open.Remove(_path[.._path.LastIndexOf("/temproots/", StringComparison.Ordinal)]);
        }
        if (_file is not null)
        {
            _file.Dispose();
            File.Delete(_path);
        }
        _collector?.Dispose();
        _collectorLock.Dispose();
    }

    private FileLock CreateFile()
    {
        while (true)
        {
            // One that exists is from an earlier process of our number.
            File.Delete(_path);
            var file = FileLock.Open(_path);
            file.Acquire(FileLockKind.Exclusive);
            if (RandomAccess.GetLength(file.Handle) == 0)
                return file;
            // A collector removed it before we had the lock.
            file.Dispose();
        }
    }

    private bool TryAdd(string path)
    {
        // While we hold the shared lock no collector can start; one that starts later finds the path in the file.
        if (_collectorLock.TryAcquire(FileLockKind.Shared))
        {
            Append(path);
            _collectorLock.Release();
            return true;
        }
        if (!TellCollector(path))
            return false;
        Append(path);
        return true;
    }

    private void Append(string path)
    {
        var line = Encoding.UTF8.GetBytes(path + '\0');
        RandomAccess.Write(_file!.Handle, line, _length);
        _length += line.Length;
    }

    // False when there is no collector to tell any more, or none to be reached yet.
    private bool TellCollector(string path)
    {
        try
        {
            _collector ??= Connect();
            _collector.Send(Encoding.UTF8.GetBytes(path + '\n'));
            if (_collector.Receive(new byte[1]) == 1)
                return true;
        }
        catch (SocketException exception) when (IsGone(exception))
        {
            Disconnect();
            return false;
        }
        Disconnect();
        return false;
    }

    private void Disconnect()
    {
        _collector?.Dispose();
        _collector = null;
    }

    private static bool IsGone(SocketException exception) =>
        exception.SocketErrorCode
            is SocketError.ConnectionRefused
                or SocketError.ConnectionReset
                or SocketError.ConnectionAborted
                or SocketError.Shutdown
                or SocketError.AddressNotAvailable
                or SocketError.NotConnected
                or SocketError.SocketError;

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var address = SocketAddress.Of(_socketPath);
            socket.Connect(address.EndPoint);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
