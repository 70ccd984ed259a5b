using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StoreLsVerb : Verb
{
    private bool _isLong;
    private bool _isRecursive;
    private bool _showsDirectory;
    private bool _isJson;

    public override string Path => "store ls";

    public override string Summary => "list the files of a store path";

    public override string Operands => "PATH";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        options.Switch("--long -l", "show modes, sizes and link targets", () => _isLong = true);
        options.Switch(
            "--recursive -R",
            "list directories below as well",
            () => _isRecursive = true
        );
        options.Switch(
            "--directory -d",
            "show a directory itself, not its entries",
            () => _showsDirectory = true
        );
        options.Switch("--json", "print JSON", () => _isJson = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var path = StoreFile.Locate(session, operands);
        var listing = new FileListing(_isLong, _isRecursive);
        if (!_isJson)
        {
            listing.Print(session.Output, path, _showsDirectory);
            return ExitCode.Success;
        }

        var json = new JsonWriter();
        listing.WriteJson(json, path);
        session.Output.WriteLine(json.ToString());
        return ExitCode.Success;
    }
}
