using System.Text;
using Ferry.Cli.Composition;
using Ferry.Fetching.Downloads;
using Ferry.Fetching.Tarballs;
using Ferry.Platform.Files;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>Fetches channels and unpacks them into the channels' profile, from where <c>nix-env</c> and <c>&lt;name></c> find them.</summary>
internal sealed class ChannelUpdate(Session session)
{
    private const string Unpacking = """
        { name, channelName, src }:
        derivation {
          inherit name channelName src;
          system = "builtin";
          builder = "builtin:unpack-channel";
          preferLocalBuild = true;
        }
        """;

    private const string FileScheme = "file://";

    private static readonly string[] s_archives = [".tar.gz", ".tar.bz2", ".tar.xz"];

    private readonly ProfilePlaces _places = new(session);

    /// <param name="names">The channels to fetch; without any, all. The others stay as they are.</param>
    /// <exception cref="DownloadException">A channel is not to be had.</exception>
    public void Run(IReadOnlyList<string> names)
    {
        var channels = ChannelList.Read(_places.ChannelList).Channels;
        var functions = new List<string>();
        foreach (var (name, url) in channels)
            functions.Add(
                names.Count == 0 || names.Contains(name) ? Fetched(name, url) : Kept(name, url)
            );

        session.Note($"unpacking {functions.Count} channels...");
        session.Options.BeQuiet();
        var source = new PackageSource
        {
            Kind = PackageSourceKind.Functions,
            Expression = Unpacking,
        };
        new PackageOperations(source) { RemovesOthers = true }.Install(
            session,
            new Profile(_places.Channels),
            functions
        );
        Link();
    }

    private string Fetched(string name, string url)
    {
        var file = IsFolder(url)
            ? DownloadExpressions(url)
            : Download(url, ChannelList.LastPart(url));
        if (!IsArchive(file) && !IsFolder(url))
            file = DownloadExpressions(file.FinalUrl);
        var source = session.Store.Directory.Format(file.Path);
        return $$"""
            f: f {
              name = {{NixText.Quote(FullName(name, url))}};
              channelName = {{NixText.Quote(name)}};
              src = builtins.storePath {{NixText.Quote(source)}};
            }
            """;
    }

    // A folder of this machine is no file that could be fetched, while servers have a page for one.
    private static bool IsFolder(string url) =>
        url.StartsWith(FileScheme, StringComparison.Ordinal)
        && Directory.Exists(url[FileScheme.Length..]);

    private static bool IsArchive(DownloadedFile file)
    {
        var path = file.Path.ToString();
        return Array.Exists(s_archives, end => path.EndsWith(end, StringComparison.Ordinal));
    }

    // The channel as it is in the profile now.
    private string Kept(string name, string url)
    {
        var target = Encoding.UTF8.GetString(SymbolicLink.ReadTarget(RealLink(name)));
        var path = Path.GetDirectoryName(target)!;
        return $$"""
            f: rec {
              name = {{NixText.Quote(FullName(name, url))}};
              type = "derivation";
              outputs = [ "out" ];
              system = "builtin";
              outPath = builtins.storePath {{NixText.Quote(path)}};
              out = { inherit outPath; };
            }
            """;
    }

    private string RealLink(string name) =>
        Path.Combine(
            session.Site.Files.Follow(_places.Channels)?.RealPath ?? _places.Channels,
            name
        );

    private DownloadedFile DownloadExpressions(string url)
    {
        try
        {
            return Download($"{url}/nixexprs.tar.xz", "nixexprs.tar.xz");
        }
        catch (DownloadException)
        {
            return Download($"{url}/nixexprs.tar.bz2", "nixexprs.tar.bz2");
        }
    }

    private DownloadedFile Download(string url, string name) =>
        session.Fetching.Fetcher.DownloadFile(new FileRequest(url, name));

    // With the version that the place mentions, so that lists of the profile say something.
    private static string FullName(string name, string url)
    {
        var last = ChannelList.LastPart(url);
        for (var at = 0; at + 1 < last.Length; at++)
        {
            if (last[at] == '-' && char.IsAsciiDigit(last[at + 1]))
                return name + last[at..];
        }

        return name;
    }

    private void Link()
    {
        var folder = _places.Expressions;
        // Once it was a link itself.
        if (FileStatus.TryGet(folder) is { Kind: FileKind.SymbolicLink })
            Names.RemoveFile(folder);
        Directory.CreateDirectory(folder);
        Profile.ReplaceLink(Path.Combine(folder, "channels"), _places.Channels);
    }
}
