using Ferry.Cli.CommandLine;
using Ferry.Cli.Completing;
using Ferry.Cli.Composition;
using Ferry.Cli.Manual;

namespace Ferry.Cli.Verbs;

/// <summary><c>ferry install --prefix DIR</c>: the program, its static shell, links under stock's names, completions and the manual.</summary>
internal sealed class InstallVerb : Verb
{
    /// <summary>Stock's commands that Ferry answers to.</summary>
    private static readonly string[] s_linkNames = ["nix", .. VerbTable.ClassicNames];

    private string? _prefix;

    public override string Path => "install";

    public override string Summary => "install this program into a folder";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Value(
            "--prefix",
            "DIR",
            "where bin/, libexec/ and share/ are made",
            text => _prefix = text
        );

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (_prefix is null || operands.Count > 0)
            throw new CommandException("'ferry install' needs '--prefix DIR' and nothing else");

        var prefix = System.IO.Path.GetFullPath(_prefix, session.WorkingDirectory);
        var binaries = Directory.CreateDirectory(System.IO.Path.Combine(prefix, "bin")).FullName;
        var helpers = Directory
            .CreateDirectory(System.IO.Path.Combine(prefix, "libexec", "ferry"))
            .FullName;

        var program = Environment.ProcessPath!;
        Replace(program, System.IO.Path.Combine(binaries, "ferry"));
        Replace(
            SandboxShell.BesideProgram(program),
            System.IO.Path.Combine(helpers, SandboxShell.FileName)
        );
        foreach (var name in s_linkNames)
            Link("ferry", System.IO.Path.Combine(binaries, name));

        foreach (var script in CompletionScripts.All)
            Write(script, prefix);
        ManualFiles.Write(
            new ManualPages(session.Options),
            System.IO.Path.Combine(prefix, "share", "man")
        );

        session.Note(
            $"installed {System.IO.Path.Combine(binaries, "ferry")} and {string.Join(", ", s_linkNames)}"
        );
        return ExitCode.Success;
    }

    // By way of a new name, so that a running copy is neither truncated nor half-written.
    private static void Replace(string source, string target)
    {
        var temporary = target + ".new";
        File.Copy(source, temporary, overwrite: true);
        File.Move(temporary, target, overwrite: true);
    }

    private static void Write(CompletionScript script, string prefix)
    {
        foreach (var place in script.Places)
        {
            var target = System.IO.Path.Combine(prefix, place);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            var temporary = target + ".new";
            File.WriteAllText(temporary, script.Text);
            File.Move(temporary, target, overwrite: true);
        }
    }

    private static void Link(string target, string link)
    {
        var existing = new FileInfo(link);
        if (existing.LinkTarget == target)
            return;
        if (existing.LinkTarget is null && existing.Exists)
            throw new CommandException($"'{link}' exists and is not a link; remove it first");
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }
}
