using System.Globalization;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Profiles;
using Ferry.Store.Building;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Profiles;

/// <param name="name">Its name: <c>add</c>, or <c>install</c> as it once was.</param>
internal sealed class ProfileAddVerb(string name) : ProfileVerb
{
    private const string CurrentName = "add";

    private readonly InstallableOptions _installables = new();
    private int? _priority;

    public override string Path => $"profile {name}";

    public override string Summary => "add packages to a profile";

    public override string Operands => "INSTALLABLE...";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        _installables.Declare(options, shared);
        options.Number(
            "--priority",
            "PRIORITY",
            "of two files with one name, that of the smaller priority wins",
            number => _priority = number
        );
    }

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        if (name != CurrentName)
            session.Warn($"'{name}' is a deprecated alias for '{CurrentName}'");
        var manifest = ProfileManifest.Read(session, profile.Link);
        var packages = _installables
            .Parse(session, operands)
            .Select(installable =>
                ProfilePackage.Find(session, _installables.Expression, installable)
            )
            .ToList();
        foreach (var element in Build(session, packages))
            Add(session, manifest, element);
        ProfileOption.Add(session, profile, BuildEnvironment(session, manifest));
        return ExitCode.Success;
    }

    private IEnumerable<ProfileElement> Build(
        Session session,
        IReadOnlyList<ProfilePackage> packages
    )
    {
        var results = new Queue<BuildResult>(
            session.Builds.Build(
                [.. packages.SelectMany(package => package.Targets)],
                BuildMode.Normal
            )
        );
        foreach (var package in packages)
        {
            var paths = package.Targets.SelectMany(_ => ResultLinks.PathsOf(results.Dequeue()));
            yield return new(ProfileElement.Sort(paths))
            {
                Source = package.Source,
                Priority = _priority ?? package.Priority ?? ProfileElement.DefaultPriority,
            };
        }
    }

    private static void Add(Session session, ProfileManifest manifest, ProfileElement element)
    {
        var elementName = ElementName.Of(element);
        if (
            manifest.Elements.TryGetValue(elementName, out var existing)
            && existing.Source is { } had
            && element.Source is { } source
            && existing.Priority == element.Priority
            && had.Original.ToString() == source.Original.ToString()
            && had.AttributePath == source.AttributePath
        )
            session.Warn($"'{elementName}' is already added");
        else
            manifest.Add(elementName, element);
    }

    private static Formats.StorePaths.StorePath BuildEnvironment(
        Session session,
        ProfileManifest manifest
    )
    {
        try
        {
            return manifest.Build(session);
        }
        catch (EnvironmentConflictException conflict)
        {
            var first = FindSide(session, manifest.Elements, conflict);
            var last = FindSide(session, manifest.Elements.Reverse(), conflict);
            if (first is null || last is null)
                throw;
            throw new CommandException(Explain(session, first, last, conflict.Priority));
        }
    }

    private static ConflictSide? FindSide(
        Session session,
        IEnumerable<KeyValuePair<string, ProfileElement>> elements,
        EnvironmentConflictException conflict
    )
    {
        foreach (var (elementName, element) in elements)
        {
            foreach (var path in element.Paths.Select(session.Store.Directory.Format))
            {
                string[] files = [conflict.Existing, conflict.Added];
                var file = Array.Find(
                    files,
                    file => file.StartsWith(path, StringComparison.Ordinal)
                );
                if (file is not null)
                    return new(file, elementName, element);
            }
        }

        return null;
    }

    // In stock's words, as a person who has met them there looks for the commands.
    private static string Explain(
        Session session,
        ConflictSide existing,
        ConflictSide added,
        int priority
    )
    {
        var program = session.Options.Program;
        var installables = added.Element.Installables(session);
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        return $"""
            An existing package already provides the following file:

              "{existing.File}"

            This is the conflicting file from the new package:

              "{added.File}"

            To remove the existing package:

              {program} profile remove {existing.Name}

            The new package can also be added next to the existing one by assigning a different priority.
            The conflicting packages have a priority of {Number(priority)}.
            To prioritise the new package:

              {program} profile add {installables} --priority {Number(priority - 1)}

            To prioritise the existing package:

              {program} profile add {installables} --priority {Number(priority + 1)}
            """;
    }

    private sealed record ConflictSide(string File, string Name, ProfileElement Element);
}
