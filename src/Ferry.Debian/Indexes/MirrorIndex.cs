using System.Security.Cryptography;
using System.Text;
using Ferry.Debian.Archives;
using Ferry.Debian.Fetching;

namespace Ferry.Debian.Indexes;

/// <summary>The index by HTTP, verified here, for hosts without apt.</summary>
internal sealed class MirrorIndex(
    string mirror,
    string armouredKeys,
    DebianSettings settings,
    Action<string> log
) : IArchiveIndex
{
    private ReleaseFile? _release;
    private string _suite = "";
    private string _component = "";

    public string Mirror => mirror;

    public void Update(
        string suite,
        string component,
        IReadOnlyList<string> architectures,
        CancellationToken cancellationToken
    )
    {
        log(
            $"fetching the index of Debian {suite} ({string.Join(", ", architectures)}) from '{mirror}'"
        );
        (_suite, _component) = (suite, component);
        var url = $"{mirror}/dists/{suite}/InRelease";
        using var signed = new MemoryStream();
        Download(url, signed, "the release file", cancellationToken);
        try
        {
            var text = Encoding.UTF8.GetString(signed.ToArray());
            _release = ReleaseFile.Parse(ClearSignedText.Verify(text, armouredKeys));
        }
        catch (DebianException failure)
        {
            throw new DebianException(
                $"'{url}' cannot be trusted: {failure.Message}{WebPage.Hint(signed)}",
                failure
            );
        }

        if (_release.Codename != suite && _release.Suite != suite)
            throw new DebianException(
                $"'{url}' is the release file of another suite, '{_release.Codename}'"
            );
        if (_release.ValidUntil is { } end && end < settings.Clock.GetUtcNow())
            throw new DebianException($"'{url}' was valid until {end:u}: the mirror is too old");
    }

    public void Read(
        string architecture,
        Action<string> onLine,
        CancellationToken cancellationToken
    )
    {
        var path = architecture == "source" ? "source/Sources" : $"binary-{architecture}/Packages";
        var file = _release!.Find($"{_component}/{path}");
        var url = $"{mirror}/dists/{_suite}/{file.Path}";
        using var content = new FileStream(
            Path.Combine(settings.CacheDirectory, "index.partial"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 17,
            FileOptions.DeleteOnClose
        );
        Download(url, content, $"the index of {architecture}", cancellationToken);
        content.Position = 0;
        var actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual != file.Sha256)
            throw new DebianException(
                $"'{url}' has another hash{WebPage.Hint(content)}\n  wanted: sha256:{file.Sha256}\n  got:    sha256:{actual}"
            );

        content.Position = 0;
        using var reader = new StreamReader(
            Decompression.Open(content, Path.GetExtension(file.Path)),
            Encoding.UTF8
        );
        while (reader.ReadLine() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            onLine(line);
        }
    }

    private void Download(
        string url,
        Stream target,
        string what,
        CancellationToken cancellationToken
    )
    {
        try
        {
            settings.Transport.Download(
                new(url, target)
                {
                    Progress = (received, expected) =>
                        settings.Report(new(what) { Received = received, Expected = expected }),
                    Retrying = log,
                },
                cancellationToken
            );
        }
        catch (MirrorException failure)
        {
            throw new DebianException(
                $"cannot fetch the index of Debian {_suite}: {failure.Message}",
                failure
            );
        }
        finally
        {
            settings.Report(null);
        }
    }
}
