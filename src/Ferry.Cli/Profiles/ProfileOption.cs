using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary><c>--profile</c>: the profile that a command is about.</summary>
internal sealed class ProfileOption
{
    private string? _link;

    /// <param name="options">Of the command.</param>
    /// <param name="summary">What the command does with the profile.</param>
    public void Declare(OptionTable options, string summary = "the profile to work on") =>
        options.Value("--profile", "PATH", summary, text => _link = text);

    /// <returns>Null when the option was not given.</returns>
    public Profile? Given(Session session) =>
        _link is null ? null : new(Path.GetFullPath(_link, session.WorkingDirectory));

    /// <summary>The profile that was named, else the user's own.</summary>
    public Profile OrDefault(Session session) =>
        Given(session) ?? new ProfilePlaces(session).Default();

    /// <summary>Makes the one path that was built the profile's newest generation; nothing without the option.</summary>
    /// <exception cref="UsageException">There is another number of paths.</exception>
    public void Update(Session session, IReadOnlyList<BuildResult> results)
    {
        if (Given(session) is not { } profile)
            return;
        var paths = results.SelectMany(ResultLinks.PathsOf).ToList();
        if (paths is not [var only])
            throw session.Usage(
                $"'--profile' requires that the arguments produce a single store path, but there are {paths.Count}"
            );
        Add(session, profile, only);
    }

    public static void Add(Session session, Profile profile, StorePath path)
    {
        using var held = profile.Lock(session.Note);
        profile.Add(session.Site.Store, path);
    }
}
