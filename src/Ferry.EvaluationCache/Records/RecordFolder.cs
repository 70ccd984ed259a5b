using Ferry.Formats;

namespace Ferry.EvaluationCache.Records;

/// <summary>Records on the disk: one file for each question, with the results that it had under different circumstances.</summary>
/// <remarks>
/// Files appear whole or not at all, and are read by nobody else while they are written; of two processes that answer one
/// question at the same time, one loses what it would have added. Nothing in it is needed: it may be deleted at any time.
/// </remarks>
/// <param name="folder">Absolute; made when something is kept.</param>
/// <param name="clock">Tells which files have not been of use for long.</param>
public sealed class RecordFolder(string folder, TimeProvider clock)
{
    /// <summary>Results of one question; the one that was not used for the longest time goes first.</summary>
    public const int RecordsMax = 8;

    /// <summary>Files in the folder; when there are more, the older half goes.</summary>
    public const int FilesMax = 4000;

    private const long FileBytesMax = 32L << 20;
    private const string Suffix = ".answers";
    private static readonly TimeSpan s_touchedEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_abandonedAfter = TimeSpan.FromHours(1);

    /// <param name="question">A file name.</param>
    /// <returns>The one that was used last comes first; none where the file is missing, damaged or another version's.</returns>
    public IReadOnlyList<EvaluationRecord> Find(string question)
    {
        var file = FileOf(question);
        try
        {
            if (!File.Exists(file) || new FileInfo(file).Length > FileBytesMax)
                return [];
            return RecordFormat.Read(File.ReadAllBytes(file));
        }
        catch (Exception damage)
            when (damage
                    is BadFormatException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
                        or ArgumentException
            )
        {
            return [];
        }
    }

    /// <summary>Keeps a result before the others of its question. A cache that cannot be written is no failure.</summary>
    /// <param name="question">A file name.</param>
    /// <param name="record">The result.</param>
    /// <param name="others">Those that were there.</param>
    public void Keep(string question, EvaluationRecord record, IEnumerable<EvaluationRecord> others)
    {
        var bytes = RecordFormat.Write([record, .. others.Take(RecordsMax - 1)]);
        if (bytes.Length > FileBytesMax)
            bytes = RecordFormat.Write([record]);
        if (bytes.Length > FileBytesMax)
            return;
        try
        {
            // What is in it says what its owner works on.
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
            var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}");
            try
            {
                File.WriteAllBytes(temporary, bytes);
                File.Move(temporary, FileOf(question), overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            Clean();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Evaluation has succeeded; only the next one will take as long.
        }
    }

    /// <summary>Marks a file as one of use.</summary>
    public void Touch(string question)
    {
        var file = FileOf(question);
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (now - File.GetLastWriteTimeUtc(file) > s_touchedEvery)
                File.SetLastWriteTimeUtc(file, now);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody has deleted it, or it belongs to another user.
        }
    }

    private string FileOf(string question) => Path.Combine(folder, question + Suffix);

    private void Clean()
    {
        var files = new DirectoryInfo(folder).GetFiles();
        var abandoned = clock.GetUtcNow().UtcDateTime - s_abandonedAfter;
        foreach (var file in files.Where(file => file.Name[0] == '.'))
        {
            if (file.LastWriteTimeUtc < abandoned)
                file.Delete();
        }

        if (files.Length <= FilesMax)
            return;
        foreach (var file in files.OrderBy(file => file.LastWriteTimeUtc).Take(files.Length / 2))
            file.Delete();
    }
}
