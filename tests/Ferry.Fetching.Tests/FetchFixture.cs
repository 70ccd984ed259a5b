using System.Collections.Concurrent;
using System.Text;
using Ferry.Fetching.Downloads;
using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Tests;

/// <summary>A fetcher with a cache of its own, a clock that a test sets, and no store.</summary>
internal sealed class FetchFixture : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly Downloader _downloader = new(
        new DownloadSettings { Attempts = 1, RetryPause = TimeSpan.FromMilliseconds(1) }
    );
    private readonly List<Fetcher> _fetchers = [];

    public TestClock Clock { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public FetchSettings Settings { get; set; }

    public string Folder => _place.Path;

    public FetchFixture() =>
        Settings = new FetchSettings
        {
            CacheFolder = Path.Combine(_place.Path, "cache"),
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
                ["HOME"] = _place.Path,
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_SYSTEM"] = "/dev/null",
            },
        };

    /// <summary>Another run: nothing is remembered but what the cache has.</summary>
    public Fetcher NewRun()
    {
        var fetcher = new Fetcher(
            new FetcherParts(Settings, new StorePathFactory(StoreDirectory.Default), _downloader)
            {
                Clock = Clock,
                Warn = Warnings.Enqueue,
                WarnOfState = Warnings.Enqueue,
            }
        );
        _fetchers.Add(fetcher);
        return fetcher;
    }

    public FetchedTree Fetch(string url) => NewRun().Fetch(InputSchemes.Parse(Url.Parse(url)));

    public FetchedTree Fetch(params (string, InputAttribute)[] attributes) =>
        NewRun().Fetch(InputSchemes.Of(InputAttributes.Of(attributes)));

    public string Write(string name, string contents) => _place.Write(name, contents);

    public void Dispose()
    {
        foreach (var fetcher in _fetchers)
            fetcher.Dispose();
        _downloader.Dispose();
        _place.Dispose();
    }

    /// <summary>Every file of a tree as one line, sorted.</summary>
    public static string Show(IFileTree tree)
    {
        var lines = new List<string>();
        Visit("");
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);

        void Visit(string path)
        {
            switch (tree.Kind(path))
            {
                case TreeEntryKind.Directory:
                    lines.Add(path + "/");
                    foreach (var entry in tree.List(path))
                        Visit($"{path}/{entry.Name}");
                    break;
                case TreeEntryKind.SymbolicLink:
                    lines.Add($"{path} -> {tree.ReadLink(path)}");
                    break;
                case var kind:
                    var mark = kind == TreeEntryKind.Executable ? "*" : "";
                    lines.Add($"{path}{mark} {Encoding.UTF8.GetString(tree.Read(path)).TrimEnd()}");
                    break;
            }
        }
    }
}

internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;
}
