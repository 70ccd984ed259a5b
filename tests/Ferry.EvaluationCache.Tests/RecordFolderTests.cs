using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Readings;
using Ferry.EvaluationCache.Records;
using Ferry.Formats.StorePaths;

namespace Ferry.EvaluationCache.Tests;

/// <summary>What is kept comes back, and what is damaged counts as nothing.</summary>
public sealed class RecordFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ferry-records-").FullName;
    private readonly RecordFolder _folder;

    public RecordFolderTests() => _folder = new(Path.Combine(_root, "cache"), TimeProvider.System);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static EvaluationRecord Record(string answer)
    {
        var readings = new EvaluationReadings(TimeProvider.System);
        var source = readings.Source("source");
        source.AddKind("/a", SourceFileKind.SymbolicLink);
        source.AddTarget("/a", "b");
        source.AddKind("/b", null);
        source.AddContents("/c", "text"u8, before: null);
        source.AddEntries("", [new("c", SourceFileKind.Executable)]);
        source.AddAttribute("dirtyRev", null);
        readings.AddVariable("HOME", null);
        readings.AddObject(StorePath.Parse("0123456789abcdfghijklmnpqrsvwxyz-thing"), false);
        readings.AddSettings([("bash-prompt", "> ")]);
        readings.AddMessage("trace: hello");
        return readings.ToRecord(System.Text.Encoding.UTF8.GetBytes(answer));
    }

    private string File => Assert.Single(Directory.GetFiles(Path.Combine(_root, "cache")));

    [Fact]
    public void A_record_comes_back_as_it_was()
    {
        var record = Record("answer");
        _folder.Keep("question", record, []);
        var found = Assert.Single(_folder.Find("question"));
        Assert.Equal("answer"u8.ToArray(), found.Answer.ToArray());
        Assert.Equal(record.Sources[0].Paths, found.Sources[0].Paths);
        Assert.Equal(record.Sources[0].Attributes, found.Sources[0].Attributes);
        Assert.Equal(record.Variables, found.Variables);
        Assert.Equal(record.Objects, found.Objects);
        Assert.Equal(record.Settings, found.Settings);
        Assert.Equal(record.Messages, found.Messages);
        Assert.Empty(_folder.Find("another"));
    }

    [Fact]
    public void Of_many_records_the_newest_stay()
    {
        for (var number = 0; number < RecordFolder.RecordsMax + 3; number++)
            _folder.Keep("question", Record($"{number}"), _folder.Find("question"));
        var found = _folder.Find("question");
        Assert.Equal(RecordFolder.RecordsMax, found.Count);
        Assert.Equal("10"u8.ToArray(), found[0].Answer.ToArray());
    }

    [Fact]
    public void A_damaged_file_counts_as_none_whichever_byte_it_is()
    {
        _folder.Keep("question", Record("answer"), []);
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x10;
            System.IO.File.WriteAllBytes(File, damaged);
            Assert.Empty(_folder.Find("question"));
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_counts_as_none()
    {
        _folder.Keep("question", Record("answer"), []);
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            Assert.Empty(_folder.Find("question"));
        }
    }

    [Fact]
    public void A_file_that_another_process_was_killed_in_is_removed_later()
    {
        _folder.Keep("question", Record("answer"), []);
        var left = Path.Combine(_root, "cache", ".left");
        System.IO.File.WriteAllText(left, "half");
        System.IO.File.SetLastWriteTimeUtc(
            left,
            new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)
        );
        _folder.Keep("question", Record("answer"), []);
        Assert.False(System.IO.File.Exists(left));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_failure()
    {
        System.IO.File.WriteAllText(Path.Combine(_root, "cache"), "in the way");
        _folder.Keep("question", Record("answer"), []);
        Assert.Empty(_folder.Find("question"));
    }
}
