using System.Diagnostics;
using Ferry.Build.Logs;

namespace Ferry.Cli.Progress;

/// <summary>Adds up fetches that run beside each other: a toolchain is sixty files, and nobody wants a line for each.</summary>
/// <remarks>A round lasts while anything is being fetched. Not for several threads at once: the display locks.</remarks>
internal sealed class FetchTally
{
    private readonly Dictionary<int, (string Name, long Received, long? Expected)> _running = [];
    private long _startedAt;
    private long _finishedBytes;
    private string _latest = "";

    public int Running => _running.Count;

    /// <summary>Files that came in this round.</summary>
    public int Finished { get; private set; }

    public long Received => _finishedBytes + _running.Values.Sum(file => file.Received);

    /// <summary>Bytes of all files of this round; null while one is on its way whose size nobody has told.</summary>
    public long? Expected =>
        _running.Values.All(file => file.Expected is not null)
            ? _finishedBytes + _running.Values.Sum(file => file.Expected!.Value)
            : null;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_startedAt);

    public void Start(BuildActivity activity)
    {
        if (_running.Count == 0)
        {
            _startedAt = Stopwatch.GetTimestamp();
            (_finishedBytes, Finished) = (0, 0);
        }

        _running[activity.Id] = (activity.Name, 0, null);
        _latest = activity.Name;
    }

    public void Progress(BuildActivity activity, long received, long? expected)
    {
        if (!_running.ContainsKey(activity.Id))
            return;
        _running[activity.Id] = (activity.Name, received, expected);
        if (received > 0)
            _latest = activity.Name;
    }

    public void Finish(BuildActivity activity)
    {
        if (!_running.Remove(activity.Id, out var file))
            return;
        _finishedBytes += file.Received;
        Finished++;
    }

    /// <summary>"fetching 12 files (3.1 MiB of 45.2 MiB): gcc-14_14.2.0-19_amd64.deb"</summary>
    public string Describe()
    {
        var all = Running + Finished;
        var amount =
            Received == 0 ? DurationText.Of(Elapsed)
            : Expected is { } expected ? $"{ByteText.Of(Received)} of {ByteText.Of(expected)}"
            : ByteText.Of(Received);
        return all == 1
            ? $"fetching {_latest} ({amount})"
            : $"fetching {all} files ({amount}): {_latest}";
    }
}
