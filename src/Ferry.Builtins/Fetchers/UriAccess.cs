using Ferry.Evaluation;
using Ferry.Formats.Urls;

namespace Ferry.Builtins.Fetchers;

/// <summary>Whether a program may fetch something.</summary>
internal static class UriAccess
{
    /// <exception cref="EvaluationException">Evaluation is restricted, and neither the URI nor the file it names is allowed.</exception>
    public static void Check(Evaluator evaluator, string uri)
    {
        var settings = evaluator.Settings;
        if (!settings.IsRestricted || settings.AllowsUri(uri))
            return;
        var file = uri.StartsWith('/') ? uri : FileOf(uri);
        if (file is null)
            throw EvaluationException.Failed(
                $"access to URI '{uri}' is forbidden in restricted mode"
            );
        // Looking at a file that is not allowed fails by itself.
        _ = evaluator.Files.Kind(file);
    }

    private static string? FileOf(string uri)
    {
        try
        {
            var url = Url.Parse(uri);
            return url.Scheme == "file" ? url.FilePath : null;
        }
        catch (BadUrlException)
        {
            return null;
        }
    }
}
