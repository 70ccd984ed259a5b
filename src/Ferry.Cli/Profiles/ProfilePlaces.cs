using System.Text;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Platform.Files;
using Ferry.Store;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>Where a person's profile, channels and own packages are: in the home folder, or where the XDG rules say.</summary>
internal sealed class ProfilePlaces(Session session)
{
    private const string RootProfiles = "profiles/per-user/root";

    private readonly ProcessEnvironment _environment = session.Options.Environment;

    /// <summary>The folder of this user's profiles, made if it is missing.</summary>
    public string Folder
    {
        get
        {
            var folder = _environment.IsRoot
                ? RootFolder
                : Path.Combine(_environment.NixStateFolder, "profiles");
            Directory.CreateDirectory(folder);
            return folder;
        }
    }

    /// <summary>What <c>nix-channel</c> unpacks into.</summary>
    public string Channels => Path.Combine(Folder, "channels");

    public string RootChannels => Path.Combine(RootFolder, "channels");

    /// <summary>The list of the channels that a person follows.</summary>
    public string ChannelList =>
        UsesXdg ? Path.Combine(_environment.NixStateFolder, "channels") : InHome(".nix-channels");

    /// <summary>The expressions that <c>nix-env</c> finds packages in.</summary>
    public string Expressions =>
        UsesXdg ? Path.Combine(_environment.NixStateFolder, "defexpr") : InHome(".nix-defexpr");

    /// <summary>The link in a person's home that their <c>PATH</c> mentions.</summary>
    public string HomeLink =>
        UsesXdg ? Path.Combine(_environment.NixStateFolder, "profile") : InHome(".nix-profile");

    private bool UsesXdg => session.Settings.Switch("use-xdg-base-directories");

    private string StateFolder => session.Site.Location.StateDirectory;

    private string RootFolder => Path.Combine(StateFolder, RootProfiles);

    /// <summary>The profile of this user; the links that lead to it are made if they are missing.</summary>
    public Profile Default()
    {
        var link = HomeLink;
        try
        {
            var profile = Path.Combine(Folder, "profile");
            if (FileStatus.TryGet(link) is null)
                Profile.ReplaceLink(link, profile);
            // Scripts of systems look for root's profile there.
            var shared = Path.Combine(StateFolder, "profiles", "default");
            if (_environment.IsRoot && FileStatus.TryGet(shared) is null)
                Profile.ReplaceLink(shared, profile);
            var target = Encoding.UTF8.GetString(SymbolicLink.ReadTarget(link));
            return new(Path.GetFullPath(target, Path.GetDirectoryName(link)!));
        }
        catch (Exception failure)
            when (failure
                    is StoreException
                        or IOException
                        or UnauthorizedAccessException
                        or System.ComponentModel.Win32Exception
            )
        {
            // A folder of a person's own making.
            return new(link);
        }
    }

    private string InHome(string name) =>
        Path.Combine(
            _environment.Home
                ?? throw new CommandException("cannot determine user's home directory"),
            name
        );
}
