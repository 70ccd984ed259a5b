using Ferry.Debian.Fetching;
using Ferry.Fetching.Downloads;

namespace Ferry.Cli.Composition;

/// <summary>Files of a Debian mirror by the downloader that fetches everything else.</summary>
internal sealed class MirrorTransport(Func<Downloader> downloader) : IMirrorTransport
{
    public void Download(MirrorRequest request, CancellationToken cancellationToken)
    {
        try
        {
            downloader()
                .Download(
                    new DownloadRequest(request.Url, request.Target)
                    {
                        Progress = request.Progress,
                        Retrying = request.Retrying,
                    },
                    cancellationToken
                );
        }
        catch (DownloadException failure)
        {
            throw new MirrorException(failure.Message, failure.IsMissing, failure);
        }
    }
}
