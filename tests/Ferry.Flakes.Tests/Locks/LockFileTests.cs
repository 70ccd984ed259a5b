using System.Text;
using Ferry.Fetching;
using Ferry.Flakes.Locks;

namespace Ferry.Flakes.Tests.Locks;

public class LockFileTests
{
    private const string Locked =
        """ "locked":{"type":"git","url":"https://x/y","rev":"0123456789012345678901234567890123456789"},"original":{"type":"git","url":"https://x/y"} """;

    private static readonly FetchSettings s_settings = new() { CacheFolder = "/nonexistent" };

    public static TheoryData<string> Recorded =>
        [
            .. Directory
                .GetFiles(Path.Combine(AppContext.BaseDirectory, "Locks", "Stock"))
                .Select(file => Path.GetFileName(file)),
        ];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_lock_file_of_stock_is_written_as_it_was_read(string name)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Locks", "Stock", name));
        Assert.Equal(text, LockFileWriter.Write(Read(text)).Text + "\n");
    }

    [Fact]
    public void Two_nodes_of_one_name_get_numbers()
    {
        var file = Read(
            $$"""
            {"version":7,"root":"root","nodes":{
              "root":{"inputs":{"a":"x","b":"y"} },
              "x":{"inputs":{"c":"z"},{{Locked}}},
              "y":{"inputs":{"c":"w"},{{Locked}}},
              "z":{ {{Locked}} },"w":{ {{Locked}} } } }
            """
        );
        Assert.Equal(
            ["a", "b", "c", "c_2", "root"],
            LockFileWriter.Write(file).Writer.Keys.Values.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Version_5_keeps_some_attributes_apart()
    {
        var file = Read(
            """
            {"version":5,"root":"root","nodes":{"root":{"inputs":{"a":"a"}},"a":{
              "info":{"lastModified":7,"narHash":"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
              "locked":{"type":"path","path":"/x"},"original":{"type":"path","path":"/x"}}}}
            """
        );
        var node = Assert.IsType<LockedNode>(file.Find(InputPath.Parse("a")));
        Assert.Equal(7UL, node.Locked.Input.LastModified);
    }

    [Theory]
    [InlineData("{", "Could not parse 'flake.lock'")]
    [InlineData("""{"version":8}""", "has unsupported version 8")]
    [InlineData("""{"version":7,"root":"r","nodes":{}}""", "cannot read lock file")]
    [InlineData("[]", "cannot read lock file")]
    [InlineData(
        """{"version":7,"root":"r","nodes":{"r":{"inputs":{"a":"b"}}}}""",
        "references missing node 'b'"
    )]
    [InlineData(
        """{"version":7,"root":"r","nodes":{"r":{"inputs":{"a":"r"}}}}""",
        "contains cycle to root node"
    )]
    [InlineData(
        """{"version":7,"root":"r","nodes":{"r":{"inputs":{"a":"b"}},"b":{"locked":{"type":"git","url":"x:y"}}}}""",
        "lock file"
    )]
    public void A_broken_lock_file_is_one_clear_error(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FlakeException>(() => Read(text)).Message);

    [Fact]
    public void An_input_that_is_not_locked_is_refused()
    {
        var failure = Assert.Throws<FlakeException>(() =>
            Read(
                """
                {"version":7,"root":"r","nodes":{"r":{"inputs":{"a":"a"}},"a":{
                  "locked":{"type":"git","url":"https://x/y"},"original":{"type":"git","url":"https://x/y"}}}}
                """
            )
        );
        Assert.Contains("Lock file contains unlocked input", failure.Message);
    }

    [Fact]
    public void Inputs_that_follow_each_other_in_a_circle_are_found()
    {
        var file = new LockFile();
        file.Root.Inputs["a"] = new LockEdge.Follows(InputPath.Parse("b"));
        file.Root.Inputs["b"] = new LockEdge.Follows(InputPath.Parse("a"));
        Assert.Equal(
            "follow cycle detected: [b -> a -> b]",
            Assert.Throws<FlakeException>(file.Check).Message
        );
    }

    [Fact]
    public void An_input_that_follows_nothing_is_found()
    {
        var file = new LockFile();
        file.Root.Inputs["a"] = new LockEdge.Follows(InputPath.Parse("x/y"));
        Assert.Equal(
            "input 'a' follows a non-existent input 'x/y'",
            Assert.Throws<FlakeException>(file.Check).Message
        );
    }

    private static LockFile Read(string text) =>
        new LockFileReader(s_settings, "flake.lock", _ => { }).Read(Encoding.UTF8.GetBytes(text));
}
