using System.Text.Json;
using Ferry.Formats.Inputs;
using Ferry.Store.Local.Database;

namespace Ferry.Fetching.Caching;

/// <summary>What is known of an earlier fetch.</summary>
/// <param name="Value">What was found out.</param>
/// <param name="IsExpired">It is older than the time to live, so a server must be asked again.</param>
public sealed record CachedAnswer(InputAttributes Value, bool IsExpired);

/// <summary>Remembers answers between runs: questions and answers are attributes, kept in one SQLite file.</summary>
/// <remarks>Any number of threads and processes may use it at once. Nothing in it is needed: it may be deleted at any time.</remarks>
public sealed class FetchCache : IDisposable
{
    private const string FileName = "ferry-fetcher-cache-v1.sqlite";

    private readonly FetchSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private SqliteConnection? _database;
    private SqliteStatement? _lookup;
    private SqliteStatement? _upsert;

    public FetchCache(FetchSettings settings, TimeProvider clock) =>
        (_settings, _clock) = (settings, clock);

    /// <returns>Null when nothing is known, however old.</returns>
    public CachedAnswer? Find(string domain, InputAttributes question)
    {
        lock (_gate)
        {
            Open();
            var row = _lookup!
                .Start()
                .With(domain)
                .With(question.ToJson())
                .First(statement => (Value: statement.Text(0)!, Time: statement.Integer(1)));
            if (row.Value is null)
                return null;
            using var json = JsonDocument.Parse(row.Value);
            return new(
                InputAttributes.FromJson(json.RootElement),
                row.Time + (long)_settings.TimeToLive.TotalSeconds <= Now
            );
        }
    }

    public void Remember(string domain, InputAttributes question, InputAttributes answer)
    {
        lock (_gate)
        {
            Open();
            _upsert!
                .Start()
                .With(domain)
                .With(question.ToJson())
                .With(answer.ToJson())
                .With(Now)
                .Run();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _lookup?.Dispose();
            _upsert?.Dispose();
            _database?.Dispose();
            (_lookup, _upsert, _database) = (null, null, null);
        }
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    private void Open()
    {
        if (_database is not null)
            return;
        try
        {
            Directory.CreateDirectory(_settings.CacheFolder);
            var database = SqliteConnection.Open(
                Path.Combine(_settings.CacheFolder, FileName),
                mayCreate: true
            );
            // A cache that loses its last second in a crash loses nothing.
            database.Execute("pragma synchronous = off; pragma journal_mode = truncate;");
            database.Execute(Sql("Schema"));
            _lookup = database.Prepare(Sql("Lookup"));
            _upsert = database.Prepare(Sql("Upsert"));
            _database = database;
        }
        catch (Exception failure)
            when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new FetchException(
                $"cannot open the cache of fetched sources in '{_settings.CacheFolder}': {failure.Message}",
                failure
            );
        }
    }

    private static string Sql(string name)
    {
        using var stream = typeof(FetchCache).Assembly.GetManifestResourceStream(
            $"Ferry.Fetching.{name}.sql"
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
