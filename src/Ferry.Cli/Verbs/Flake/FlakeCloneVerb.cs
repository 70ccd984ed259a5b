using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Fetching.Registries;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakeCloneVerb : FlakeVerb
{
    private string? _folder;

    public override string Path => "flake clone";

    public override string Summary => "make a folder with the source of a flake to work on";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Value("--dest -f", "FOLDER", "the folder to make", text => _folder = text);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (_folder is null)
            throw new CommandException("missing flag '--dest'");
        var fetcher = session.Fetching.Fetcher;
        var (input, _) = fetcher.Registries.Resolve(
            Reference(session, operands).Input,
            RegistryUse.All
        );
        fetcher.Clone(input, System.IO.Path.GetFullPath(_folder, session.WorkingDirectory));
        return ExitCode.Success;
    }
}
