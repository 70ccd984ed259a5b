using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Store;

/// <summary><c>store info</c>: which store it is, and that it can be opened.</summary>
internal sealed class StoreInfoVerb(string path) : Verb
{
    /// <summary>What it was called before.</summary>
    public const string DeprecatedPath = "store ping";

    private bool _isJson;

    public override string Path => path;

    public override string Summary => "say which store is used, and that it answers";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Switch("--json", "print JSON", () => _isJson = true);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        if (path == DeprecatedPath)
            session.Warn("'ping' is a deprecated alias for 'info'");
        var isDummy = session.Site.IsDummy;
        if (!isDummy)
            _ = session.Store.Directory;
        var url = isDummy ? "dummy://" : session.Site.Location.Description;
        var version = isDummy ? null : CommandLineProgram.StockVersion;
        if (_isJson)
        {
            var json = new JsonWriter(session.Options.IndentsJson);
            json.StartObject();
            json.Name("trusted");
            json.Value(true);
            json.Member("url", url);
            if (version is not null)
                json.Member("version", version);
            json.EndObject();
            session.Output.WriteLine(json.ToString());
            return ExitCode.Success;
        }

        session.Note($"Store URL: {url}");
        if (version is not null)
            session.Note($"Version: {version}");
        session.Note("Trusted: 1");
        return ExitCode.Success;
    }
}
