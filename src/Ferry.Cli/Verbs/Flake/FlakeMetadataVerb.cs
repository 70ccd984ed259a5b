using System.Globalization;
using System.Text;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Flakes.Locking;
using Ferry.Flakes.Locks;
using Ferry.Formats.Hashing;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakeMetadataVerb(string path = "flake metadata") : FlakeVerb
{
    private bool _isJson;

    public override string Path => path;

    public override string Summary => "show where a flake comes from and what it is locked to";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Switch("--json", "print JSON", () => _isJson = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (Path == "flake info")
            session.Warn("'nix flake info' is a deprecated alias for 'nix flake metadata'");
        var reference = Reference(session, operands);
        var text = session.Evaluation.Run(site =>
        {
            var locked = Lock(site, reference);
            var directory = site.Evaluator.Store.Directory;
            var tree = directory.Split(locked.Flake.Folder).Path;
            // Whoever is shown the path expects to find it.
            if (!session.Site.IsDummy)
                site.Evaluator.Store.EnsureValid(tree);
            var source = directory.Format(tree);
            return _isJson ? Json(session, locked, source) : Text(session, locked, source);
        });
        session.EndProgress();
        session.Output.Write(text);
        return ExitCode.Success;
    }

    private static string Text(Session session, LockedFlake locked, string source)
    {
        var (flake, input) = (locked.Flake, locked.Flake.Locked.Input);
        var text = new StringBuilder();
        Line("Resolved URL:", "  ", flake.Resolved.ToString());
        if (input.IsLocked(session.Fetching.Fetcher.Settings))
            Line("Locked URL:", "    ", flake.Locked.ToString());
        Line("Description:", "   ", flake.Description);
        Line("Path:", "          ", source);
        Line("Revision:", "      ", input.Attributes.Text("rev"));
        Line("Revision:", "      ", input.Attributes.Text("dirtyRev"));
        Line("Revisions:", "     ", input.RevisionCount?.ToString(CultureInfo.InvariantCulture));
        if (input.LastModified is { } seconds)
            Line(
                "Last modified:",
                " ",
                Date(DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToLocalTime())
            );
        if (locked.Fingerprint(session.Fetching.Fetcher) is { } fingerprint)
            Line("Fingerprint:", "   ", fingerprint.Format(HashFormat.Base16, withKind: false));
        if (locked.LockFile.Root.Inputs.Count > 0)
            text.Append(Bold(session, "Inputs:")).Append('\n');
        var visited = new HashSet<LockNode>(ReferenceEqualityComparer.Instance)
        {
            locked.LockFile.Root,
        };
        Inputs(locked.LockFile.Root, "");
        return text.ToString();

        void Line(string title, string gap, string? value)
        {
            if (value is not null)
                text.Append(Bold(session, title)).Append(gap).Append(value).Append('\n');
        }

        void Inputs(LockNode node, string prefix)
        {
            var left = node.Inputs.Count;
            foreach (var (name, edge) in node.Inputs)
            {
                var isLast = --left == 0;
                text.Append(prefix).Append(isLast ? "└───" : "├───").Append(Bold(session, name));
                if (edge is LockEdge.Follows follows)
                {
                    text.Append($" follows input '{follows.Path}'\n");
                    continue;
                }

                var next = ((LockEdge.To)edge).Node;
                text.Append($": {next.Locked}");
                if (next.Locked.Input.LastModified is { } time)
                    text.Append($" ({Date(DateTimeOffset.FromUnixTimeSeconds((long)time))})");
                text.Append('\n');
                if (visited.Add(next))
                    Inputs(next, prefix + (isLast ? "    " : "│   "));
            }
        }
    }

    private static string Json(Session session, LockedFlake locked, string source)
    {
        var (flake, input) = (locked.Flake, locked.Flake.Locked.Input);
        var json = new JsonWriter();
        json.StartObject();
        if (flake.Description is { } description)
            json.Member("description", description);
        if (input.Attributes.Text("dirtyRev") is { } dirty)
            json.Member("dirtyRevision", dirty);
        if (locked.Fingerprint(session.Fetching.Fetcher) is { } fingerprint)
            json.Member("fingerprint", fingerprint.Format(HashFormat.Base16, withKind: false));
        if (input.LastModified is { } seconds)
            json.Member("lastModified", (long)seconds);
        json.Name("locked");
        flake.Locked.Attributes.WriteJson(json);
        json.Name("locks");
        json.Embed(
            Encoding.UTF8.GetBytes(LockFileWriter.Write(locked.LockFile, isIndented: false).Text)
        );
        json.Name("original");
        flake.Original.Attributes.WriteJson(json);
        json.Member("originalUrl", flake.Original.ToString());
        json.Member("path", source);
        json.Name("resolved");
        flake.Resolved.Attributes.WriteJson(json);
        json.Member("resolvedUrl", flake.Resolved.ToString());
        if (input.RevisionCount is { } count)
            json.Member("revCount", (long)count);
        if (input.Attributes.Text("rev") is { } revision)
            json.Member("revision", revision);
        json.Member("url", flake.Locked.ToString());
        json.EndObject();
        return json + "\n";
    }

    private static string Date(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
