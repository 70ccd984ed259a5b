using System.ComponentModel;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Ports;
using Ferry.Fetching;
using Ferry.Fetching.Downloads;
using Ferry.Fetching.Inputs;
using Ferry.Fetching.Registries;
using Ferry.Flakes;
using Ferry.Flakes.References;
using Ferry.Formats;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Urls;
using Ferry.Store;

namespace Ferry.Cli.Composition;

/// <summary>Fetching as evaluation sees it: failures are the program's, trees appear at their store paths.</summary>
internal sealed class EvaluationFetcher(Fetcher fetcher, EvaluationStore store, SourceMounts mounts)
    : ISourceFetcher
{
    public StorePath DownloadFile(string url, string name) =>
        Explain(() =>
        {
            var path = fetcher.DownloadFile(new(url, name)).Path;
            store.Allow(path);
            return path;
        });

    public StorePath DownloadArchive(string url, string name) =>
        Explain(() =>
        {
            var input = InputSchemes.Of(
                InputAttributes.Of(("type", "tarball"), ("url", url), ("name", name))
            );
            return Keep(mounts.Mount(fetcher.Fetch(input), input)).Path;
        });

    public StorePath FetchFlakeTree(string reference) =>
        Explain(() =>
        {
            var parsed = FlakeReference.Parse(reference, new FlakeReferenceOptions());
            var (input, _) = fetcher.Registries.Resolve(parsed.Input, RegistryUse.All);
            return Keep(mounts.Mount(fetcher.Fetch(input), input)).Path;
        });

    public IFetchableInput Parse(string url) =>
        Explain(() => new Input(this, InputSchemes.Parse(Url.Parse(url))));

    public IFetchableInput Of(InputAttributes attributes) =>
        Explain(() => new Input(this, InputSchemes.Of(attributes)));

    /// <summary>Runs something that fetches; its failures become the program's, with what was being done.</summary>
    public static T Explain<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (FetchException failure)
        {
            var explained = EvaluationException.From(failure, Hint.FromString(failure.Message));
            AddTraces(explained, failure.Traces);
            throw failure.IsHashMismatch
                ? explained.WithExitStatus(FetchException.HashMismatchStatus)
                : explained;
        }
        catch (FlakeException failure)
        {
            var explained = EvaluationException.From(failure, Hint.FromString(failure.Message));
            AddTraces(explained, failure.Traces);
            throw explained;
        }
        catch (Exception failure)
            when (failure
                    is BadFormatException
                        or DownloadException
                        or StoreException
                        or IOException
                        or UnauthorizedAccessException
                        or Win32Exception
            )
        {
            throw EvaluationException.From(failure, Hint.FromString(failure.Message));
        }
    }

    private static void AddTraces(EvaluationException failure, IEnumerable<string> traces)
    {
        foreach (var trace in traces)
            failure.AddTrace(Position.None, Hint.FromString(trace));
    }

    private MountedSource Keep(MountedSource source)
    {
        store.Keep([source.Path]);
        return source;
    }

    private sealed class Input(EvaluationFetcher owner, FetchInput input) : IFetchableInput
    {
        public bool IsLocked => input.IsLocked(owner.Fetcher.Settings);

        public bool HasNarHash => Explain(() => input.NarHash is not null);

        public bool IsFinal => input.IsFinal;

        public bool IsDirect => input.IsDirect;

        public string Text => Explain(() => input.ToString());

        public IFetchableInput Resolve() =>
            Explain(() =>
                new Input(owner, owner.Fetcher.Registries.Resolve(input, RegistryUse.Limited).Input)
            );

        public FetchedSource Fetch(FetchMode mode) =>
            Explain(() =>
            {
                var mounted = owner.Mounts.Mount(owner.Fetcher.Fetch(input), input);
                if (mode == FetchMode.Copy)
                    owner.Keep(mounted);
                return new FetchedSource(mounted.Path, mounted.Input.Attributes);
            });
    }

    private Fetcher Fetcher => fetcher;

    private SourceMounts Mounts => mounts;
}
