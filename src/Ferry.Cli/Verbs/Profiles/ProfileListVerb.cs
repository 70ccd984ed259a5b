using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store.Profiles;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Verbs.Profiles;

internal sealed class ProfileListVerb : ProfileVerb
{
    private bool _isJson;

    public override string Path => "profile list";

    public override string Summary => "list the packages of a profile";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Switch("--json", "print the manifest", () => _isJson = true);
    }

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        session.NoOperands(operands);
        var manifest = ProfileManifest.Read(session, profile.Link);
        var directory = session.Store.Directory;
        if (_isJson)
        {
            var isIndented = session.Options.IndentsJson;
            session.Output.WriteLine(manifest.ToJson(directory, isIndented));
            return ExitCode.Success;
        }

        var isFirst = true;
        foreach (var (name, element) in manifest.Elements)
        {
            if (!isFirst)
                session.Output.WriteLine();
            isFirst = false;
            // In colours wherever the output goes, as stock has it.
            var state = element.IsActive
                ? ""
                : $" {TerminalColor.Red}(inactive){TerminalColor.Normal}";
            Line(session, "Name:", $"{TerminalColor.Bold}{name}{TerminalColor.Normal}{state}");
            if (element.Source is { } source)
            {
                Line(session, "Flake attribute:", source.AttributePath + source.Outputs.Suffix);
                Line(session, "Original flake URL:", source.Original.ToString());
                Line(session, "Locked flake URL:", source.Locked.ToString());
            }

            Line(session, "Store paths:", string.Join(' ', element.Paths.Select(directory.Format)));
        }

        return ExitCode.Success;
    }

    private static void Line(Session session, string label, string text) =>
        session.Output.WriteLine($"{label, -19} {text}");
}
