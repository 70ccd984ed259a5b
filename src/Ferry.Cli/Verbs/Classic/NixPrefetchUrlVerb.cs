using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Fetching.Tarballs;
using Ferry.Formats.Hashing;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Verbs.Classic;

internal sealed class NixPrefetchUrlVerb : Verb
{
    private static readonly Symbol s_urls = Symbols.Of("urls");
    private static readonly Symbol s_outputHashMode = Symbols.Of("outputHashMode");

    private readonly ExpressionOptions _arguments = new();
    private HashKind _kind = HashKind.Sha256;
    private string? _attribute;
    private string? _name;
    private bool _printsPath;
    private bool _unpacks;
    private bool _isExecutable;

    public override string Path => "nix-prefetch-url";

    public override string Summary => "fetch a file into the store and print its hash";

    public override string Operands => "URL [HASH]";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _arguments.DeclareArguments(options);
        _printsPath = shared.Environment.Variable("PRINT_PATH") == "1";
        options.Read(
            "--type",
            "HASH",
            "the hash function",
            text => HashKinds.Parse(text),
            kind => _kind = kind
        );
        options.Switch("--print-path", "print the store path as well", () => _printsPath = true);
        options.Switch("--unpack", "unpack an archive", () => _unpacks = true);
        options.Switch("--executable", "make the file executable", () => _isExecutable = true);
        options.Value("--name", "NAME", "the name of the store path", text => _name = text);
        options.Value(
            "--attr -A",
            "PATH",
            "take the URL from an attribute of a file's value",
            text => _attribute = text
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 2)
            throw session.Usage("too many arguments");
        if (_attribute is null && operands.Count == 0)
            throw session.Usage("you must specify a URL");

        var url = _attribute is null ? operands[0] : ReadUrl(session, _attribute, operands);
        var file = session.Fetching.Fetcher.Prefetch(
            new PrefetchRequest(MirrorUrl(session, url))
            {
                Name = _name,
                HashKind = _kind,
                Expected = operands.Count == 2 ? Hash.Parse(operands[1], _kind) : null,
                IsExecutable = _isExecutable,
                Unpacks = _unpacks,
            }
        );
        session.EndProgress();
        var path = session.Store.Directory.Format(file.Path);
        if (!_printsPath)
            session.Note($"path is '{path}'");
        session.Output.WriteLine(
            file.Hash.Format(
                file.Hash.Kind == HashKind.Md5 ? HashFormat.Base16 : HashFormat.Nix32,
                withKind: false
            )
        );
        if (_printsPath)
            session.Output.WriteLine(path);
        return ExitCode.Success;
    }

    // What fetchurl of the package set was called with.
    private string ReadUrl(Session session, string attribute, IReadOnlyList<string> operands) =>
        session.Evaluation.Run(site =>
        {
            var top = site.File(operands.Count > 0 ? operands[0] : "./default.nix");
            var set = site.Select(top, attribute, _arguments.Arguments).Force();
            if (!set.IsAttributeSet)
                throw new CommandException(
                    $"expected a set at '{attribute}' but found {EvaluationSite.Describe(set)}"
                );
            var urls =
                PackageReader.Find(set.AsAttributeSet, s_urls)?.Force()
                ?? throw new CommandException("attribute 'urls' missing");
            if (!urls.IsList || urls.AsList.Length == 0)
                throw new CommandException("'urls' list is empty");
            if (PackageReader.Find(set.AsAttributeSet, s_outputHashMode)?.Force() is { } mode)
                _unpacks = Text(mode) == "recursive";
            else
                session.Note("warning: this does not look like a fetchurl call");
            return Text(urls.AsList.Force(0));
        });

    // mirror://NAME/FILE: the first server that the package set knows for the name.
    private static string MirrorUrl(Session session, string url)
    {
        const string Scheme = "mirror://";
        if (!url.StartsWith(Scheme, StringComparison.Ordinal))
            return url;
        var slash = url.IndexOf('/', Scheme.Length);
        if (slash < 0)
            throw new CommandException($"invalid mirror URL '{url}'");
        var name = url[Scheme.Length..slash];
        return session.Evaluation.Run(site =>
        {
            var mirrors = site.Text("import <nixpkgs/pkgs/build-support/fetchurl/mirrors.nix>")
                .Force();
            var servers =
                PackageReader.Find(mirrors.AsAttributeSet, Symbols.Of(name))?.Force()
                ?? throw new CommandException($"unknown mirror name '{name}'");
            if (servers.AsList.Length == 0)
                throw new CommandException($"mirror URL '{url}' did not expand to anything");
            return $"{Text(servers.AsList.Force(0)).TrimEnd('/')}/{url[(slash + 1)..]}";
        });
    }

    private static string Text(Value value) =>
        value.Force() is { IsString: true } text
            ? text.AsString.ToString()
            : throw new CommandException(
                $"expected a string but found {EvaluationSite.Describe(value.Force())}"
            );
}
