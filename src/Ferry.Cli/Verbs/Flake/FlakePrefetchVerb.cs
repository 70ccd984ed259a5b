using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Fetching.Inputs;
using Ferry.Fetching.Registries;
using Ferry.Flakes.References;
using Ferry.Formats.Json;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakePrefetchVerb : FlakeVerb
{
    private bool _isJson;
    private string? _link;

    public override string Path => "flake prefetch";

    public override string Summary => "fetch the source of a flake into the store";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Switch("--json", "print JSON", () => _isJson = true);
        options.Value("--out-link -o", "NAME", "make a link to the source", text => _link = text);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var original = Reference(session, operands);
        var (path, resolved, locked) = session.Evaluation.Run(site =>
        {
            var (input, folder) = session.Fetching.Fetcher.Registries.Resolve(
                original.Input,
                RegistryUse.All
            );
            folder ??= original.Folder;
            var (path, fetched) = site.AddSource(input);
            return (
                path,
                new FlakeReference(input, folder),
                new FlakeReference(fetched.Without(FetchInput.FinalMark), folder)
            );
        });
        session.EndProgress();
        var hash = session.Store.RequireInfo(path).NarHash.ToSri();
        var text = session.Store.Directory.Format(path);
        if (_isJson)
        {
            var json = new JsonWriter(isIndented: session.Options.IndentsJson);
            json.StartObject();
            json.Member("hash", hash);
            json.Name("locked");
            locked.Attributes.WriteJson(json);
            json.Name("original");
            resolved.Attributes.WriteJson(json);
            json.Member("storePath", text);
            json.EndObject();
            session.Output.WriteLine(json.ToString());
        }
        else
        {
            session.Note($"Downloaded '{locked}' to '{text}' (hash '{hash}').");
        }

        if (_link is not null)
            session.Site.AddRoot(System.IO.Path.GetFullPath(_link, session.WorkingDirectory), path);
        return ExitCode.Success;
    }
}
