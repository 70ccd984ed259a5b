using System.ComponentModel;
using System.Text;
using Ferry.EvaluationCache.Records;
using Ferry.Fetching;
using Ferry.Formats;
using Ferry.Store;

namespace Ferry.Cli.Composition.Answers;

/// <summary>Answers questions about flakes, without evaluating where an earlier answer must come out again.</summary>
/// <remarks>Decision 0004 says what makes an answer hold.</remarks>
internal sealed class AnswerCache
{
    private readonly Session _session;
    private readonly RecordFolder _folder;
    private readonly LiveSources _world;

    public AnswerCache(Session session)
    {
        _session = session;
        _folder = new(session.Options.Environment.EvaluationCacheFolder, TimeProvider.System);
        _world = new(session);
    }

    private bool IsOn =>
        _session.Settings.Switch("eval-cache")
        && !_session.Site.IsDummy
        && !_session.Evaluation.IsWatched
        && !_session.Options.UsesDebugger;

    /// <param name="question">Null where the answer is of use once.</param>
    /// <param name="form">How the answer is kept.</param>
    /// <param name="evaluate">Finds the answer; runs on the evaluation thread.</param>
    public T Ask<T>(AnswerQuestion? question, AnswerForm<T> form, Func<EvaluationSite, T> evaluate)
    {
        if (question is null || !IsOn)
            return _session.Evaluation.Run(evaluate);
        var records = _folder.Find(question.Key);
        return Recall(question, records) is { } record
            ? form.FromBytes(record.Answer)
            : Evaluate(question, form, evaluate, records);
    }

    private EvaluationRecord? Recall(
        AnswerQuestion question,
        IReadOnlyList<EvaluationRecord> records
    )
    {
        var check = new RecordCheck(_world, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        if (records.FirstOrDefault(record => Holds(check, record)) is not { } found)
            return null;
        var renewed = check.Renew(found);
        if (renewed is not null || !ReferenceEquals(found, records[0]))
            _folder.Keep(question.Key, renewed ?? found, records.Where(record => record != found));
        else
            _folder.Touch(question.Key);
        _session.Evaluation.Flakes.ApplySettings([
            .. found.Settings.Select(setting => (setting.Name, setting.Value ?? "")),
        ]);
        if (_session.Options.Verbosity >= SessionOptions.DebugVerbosity)
            _session.NoteNow("using an earlier result of evaluation");
        foreach (var message in found.Messages)
            _session.Note(message);
        return found;
    }

    // What fails here fails in the evaluation again, which says why.
    private static bool Holds(RecordCheck check, EvaluationRecord record)
    {
        try
        {
            return check.Holds(record);
        }
        catch (Exception failure)
            when (failure
                    is FetchException
                        or StoreException
                        or BadFormatException
                        or IOException
                        or UnauthorizedAccessException
                        or Win32Exception
            )
        {
            return false;
        }
    }

    private T Evaluate<T>(
        AnswerQuestion question,
        AnswerForm<T> form,
        Func<EvaluationSite, T> evaluate,
        IReadOnlyList<EvaluationRecord> records
    )
    {
        if (_session.Evaluation.Record() is not { } recording)
            return _session.Evaluation.Run(evaluate);
        // What an earlier answer has made evaluation say is not said again for this one.
        var isFirst = !recording.Readings.HasMessages;
        T answer;
        _session.Recording = recording.Readings;
        try
        {
            answer = _session.Evaluation.Run(evaluate);
        }
        finally
        {
            _session.Recording = null;
        }

        if (!isFirst || !recording.Readings.IsComplete)
            return answer;
        var bytes = form.ToBytes(answer);
        recording.Sources.TextSeen(bytes.Span);
        foreach (var message in recording.Readings.ToRecord(default).Messages)
            recording.Sources.TextSeen(Encoding.UTF8.GetBytes(message));
        _folder.Keep(question.Key, recording.Readings.ToRecord(bytes), records);
        return answer;
    }
}
