using System.Collections.Concurrent;
using Ferry.EvaluationCache.Records;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;

namespace Ferry.EvaluationCache.Readings;

/// <summary>Gathers everything that an evaluation's result depends on. Any number of threads may add.</summary>
/// <param name="clock">Tells which files were changed too short a time ago.</param>
public sealed class EvaluationReadings(TimeProvider clock)
{
    /// <summary>Results that depend on more paths are not kept: checking them would take as long as evaluating anew.</summary>
    public const int PathsMax = 50_000;

    [ThreadStatic]
    private static int t_paused;

    private readonly ConcurrentDictionary<string, SourceReadings> _sources = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<string, string?> _variables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<StorePath, bool> _objects = new();
    private readonly Lock _gate = new();
    private readonly HashSet<StorePath> _made = [];
    private readonly HashSet<StorePath> _needed = [];
    private readonly List<string> _messages = [];
    private readonly List<NamedValue> _settings = [];
    private volatile bool _isSpoiled;

    /// <summary>False once the evaluation has seen something that no later run can check.</summary>
    public bool IsComplete =>
        !_isSpoiled && _sources.Values.Sum(source => source.Count) <= PathsMax;

    /// <summary>Something was said to the person.</summary>
    public bool HasMessages
    {
        get
        {
            lock (_gate)
                return _messages.Count > 0;
        }
    }

    internal static bool IsPaused => t_paused > 0;

    internal long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The result is of use once: it depends on the clock, on a server, on what changed meanwhile.</summary>
    public void Spoil() => _isSpoiled = true;

    public SourceReadings Source(string name) =>
        _sources.GetOrAdd(name, static (key, owner) => new SourceReadings(owner, key), this);

    public void AddVariable(string name, string? value)
    {
        if (_variables.GetOrAdd(name, value) != value)
            Spoil();
    }

    /// <summary>Whether a store object was there, where the program asked.</summary>
    public void AddObject(StorePath path, bool isValid) => _objects.TryAdd(path, isValid);

    /// <summary>The evaluation has put an object into the store, where it must still be when the result is used again.</summary>
    public void AddMade(StorePath path)
    {
        lock (_gate)
            _made.Add(path);
    }

    /// <summary><see cref="AddMade(StorePath)"/> of a derivation, which keeps its inputs there.</summary>
    public void AddMade(StorePath path, Derivation derivation)
    {
        lock (_gate)
        {
            if (!_made.Add(path))
                return;
            _needed.UnionWith(derivation.InputDerivations.Keys);
            _needed.UnionWith(derivation.InputSources);
        }
    }

    /// <summary>A sentence for the person, to be said again with each use of the result.</summary>
    public void AddMessage(string message)
    {
        lock (_gate)
            _messages.Add(message);
    }

    /// <summary>Settings that the flake asks for.</summary>
    public void AddSettings(IEnumerable<(string Name, string Value)> settings)
    {
        lock (_gate)
            _settings.AddRange(
                settings
                    .Select(pair => new NamedValue(pair.Name, pair.Value))
                    .Where(pair => !_settings.Contains(pair))
            );
    }

    /// <summary>Nothing that this thread reads is recorded until the result is disposed: something stronger is.</summary>
    public static IDisposable Pause() => new Pausing();

    /// <summary>All that was gathered so far.</summary>
    public EvaluationRecord ToRecord(ReadOnlyMemory<byte> answer)
    {
        lock (_gate)
        {
            var objects = _objects
                .Where(pair => !_made.Contains(pair.Key))
                .Select(pair => new ObjectRecord(pair.Key, pair.Value))
                .Concat(
                    _made
                        .Where(path => !_needed.Contains(path))
                        .Select(path => new ObjectRecord(path, IsValid: true))
                );
            return new(answer)
            {
                Sources =
                [
                    .. _sources
                        .Values.OrderBy(source => source.Name, StringComparer.Ordinal)
                        .Select(source => source.ToRecord()),
                ],
                Variables =
                [
                    .. _variables
                        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => new NamedValue(pair.Key, pair.Value)),
                ],
                Objects = [.. objects],
                Settings = [.. _settings],
                Messages = [.. _messages],
            };
        }
    }

    private sealed class Pausing : IDisposable
    {
        public Pausing() => t_paused++;

        public void Dispose() => t_paused--;
    }
}
