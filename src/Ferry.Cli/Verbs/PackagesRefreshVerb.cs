using Ferry.Cli.Composition;
using Ferry.Debian.Locks;

namespace Ferry.Cli.Verbs;

/// <summary>Renews the pins of a checkout's package set: what Debian has today under the names that the set asks for.</summary>
internal sealed class PackagesRefreshVerb : Verb
{
    public override string Path => "packages refresh";

    public override string Summary => "renew the pins of Debian packages and sources in a checkout";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (session.PackageSet.IsEmbedded)
        {
            throw new CommandException(
                "the embedded package set cannot be changed; run this in a checkout, or name one by FERRY_PACKAGES"
            );
        }

        RefreshPackages(session);
        RefreshSources(session);
        return ExitCode.Success;
    }

    private static void RefreshPackages(Session session)
    {
        var renewed = session.Debian.Resolver.ResolvePackages(session.Interruption);
        foreach (var (architecture, pins) in renewed)
        {
            var path = PinnedSetPaths.Lock(architecture);
            var changes = session.PackageSet.Has(path)
                ? [.. PackageLock.Parse(session.PackageSet.ReadText(path)).ChangesTo(pins)]
                : new List<string> { $"{pins.Packages.Count} packages are new" };
            Write(session, path, pins.Format(), changes);
        }
    }

    private static void RefreshSources(Session session)
    {
        var before = session
            .PackageSet.SourcePins()
            .ToDictionary(path => path, path => SourcePin.Parse(session.PackageSet.ReadText(path)));
        if (before.Count == 0)
            return;
        var renewed = session.Debian.Resolver.ResolveSources(
            [.. before.Values.Distinct()],
            session.Interruption
        );
        foreach (var (path, pin) in before)
        {
            if (!renewed.TryGetValue(pin, out var newer))
                session.Warn($"Debian has no source '{pin.Package}' any more: {path} stays");
            else if (pin == newer)
                Write(session, path, newer.Format(), []);
            else
                Write(session, path, newer.Format(), [Change(pin, newer)]);
        }
    }

    private static string Change(SourcePin before, SourcePin after) =>
        before.Version == after.Version
            ? $"{before.Package}: {before.Version} was packed again"
            : $"{before.Package}: {before.Version} -> {after.Version}";

    private static void Write(
        Session session,
        string path,
        string text,
        IReadOnlyList<string> changes
    )
    {
        var file = session.PackageSet.Folder + path;
        if (changes.Count == 0)
        {
            session.Note($"{file} is up to date");
            return;
        }

        File.WriteAllText(file, text);
        session.Note($"wrote {file}");
        foreach (var change in changes)
            session.Note($"  {change}");
    }
}
