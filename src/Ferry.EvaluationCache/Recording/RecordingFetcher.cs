using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Readings;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;

namespace Ferry.EvaluationCache.Recording;

/// <summary>Tells fetches that give the same each time from those that make a result useless for later.</summary>
/// <remarks>A program that names a hash asks the store first, so that it gets here only where the object is not there yet.</remarks>
public sealed class RecordingFetcher(ISourceFetcher inner, EvaluationReadings readings)
    : ISourceFetcher
{
    public StorePath DownloadFile(string url, string name)
    {
        readings.Spoil();
        return inner.DownloadFile(url, name);
    }

    public StorePath DownloadArchive(string url, string name)
    {
        readings.Spoil();
        return inner.DownloadArchive(url, name);
    }

    public StorePath FetchFlakeTree(string reference)
    {
        readings.Spoil();
        return inner.FetchFlakeTree(reference);
    }

    public IFetchableInput Parse(string url) => new Input(inner.Parse(url), readings);

    public IFetchableInput Of(InputAttributes attributes) =>
        new Input(inner.Of(attributes), readings);

    private sealed class Input(IFetchableInput input, EvaluationReadings readings) : IFetchableInput
    {
        public bool IsLocked => input.IsLocked;

        public bool HasNarHash => input.HasNarHash;

        public bool IsFinal => input.IsFinal;

        public bool IsDirect => input.IsDirect;

        public string Text => input.Text;

        public IFetchableInput Resolve()
        {
            readings.Spoil();
            return new Input(input.Resolve(), readings);
        }

        public FetchedSource Fetch(FetchMode mode)
        {
            // What a lock file describes completely has nothing that a fetch could find out.
            if (!input.IsLocked || !input.IsFinal)
                readings.Spoil();
            return input.Fetch(mode);
        }
    }
}
