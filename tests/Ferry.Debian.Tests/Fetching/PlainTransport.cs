using System.Net;
using Ferry.Debian.Fetching;

namespace Ferry.Debian.Tests.Fetching;

/// <summary>HTTP without any retry; the program has a better one.</summary>
internal sealed class PlainTransport : IMirrorTransport
{
    private static readonly HttpClient s_client = new();

    public void Download(MirrorRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, request.Url);
            using var answer = s_client.Send(message, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new MirrorException(
                    $"'{request.Url}' answered {(int)answer.StatusCode}",
                    answer.StatusCode == HttpStatusCode.NotFound
                );
            answer.Content.CopyTo(request.Target, context: null, cancellationToken);
            request.Progress(request.Target.Position, answer.Content.Headers.ContentLength);
        }
        catch (HttpRequestException failure)
        {
            throw new MirrorException(failure.Message, isMissing: false, failure);
        }
    }
}
