using Ferry.Formats;
using Ferry.Formats.Compression;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Building;
using Ferry.Store.FileTrees;

namespace Ferry.Fetching.Downloads;

/// <summary><c>builtin:fetchurl</c>: fetches one file, and unpacks it when it is a NAR and the derivation says so.</summary>
/// <remarks>
/// Variables: <c>url</c>; <c>executable = 1</c> sets the file's bit; <c>unpack = 1</c> unpacks a NAR, which may be
/// compressed with xz when the URL says so. Source: Nix manual, and stock 2.34.8.
/// </remarks>
public sealed class FetchUrlBuilder(Downloader downloader) : IBuiltinBuilder
{
    private const int ExecutableFile = 0b111_101_101;
    private const int PlainFile = 0b110_100_100;

    public string Name => "builtin:fetchurl";

    public void Build(BuiltinBuildContext context)
    {
        if (!context.OutputRealPaths.TryGetValue("out", out var output))
            throw new BuiltinBuildException("'builtin:fetchurl' requires an 'out' output");
        if (context.Derivation.Outputs["out"] is not DerivationOutput.Fixed specified)
        {
            throw new BuiltinBuildException(
                "'builtin:fetchurl' must be a fixed-output or impure derivation"
            );
        }

        var mainUrl = context.Require("url");
        string[] urls = [.. MirrorUrls(specified), .. OwnUrls(context, mainUrl)];
        for (var index = 0; index < urls.Length; index++)
        {
            var isLast = index == urls.Length - 1;
            if (TryFetch(urls[index], context, output, isLast))
                return;
        }
    }

    // Stock fetches "url" alone. "urls" names further places of the same file, which only matter when one is off.
    private static IEnumerable<string> OwnUrls(BuiltinBuildContext context, string mainUrl) =>
        context.Derivation.Environment.TryGetValue("urls", out var urls)
            ? urls.ToString()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Prepend(mainUrl)
                .Distinct()
            : [mainUrl];

    private IEnumerable<string> MirrorUrls(DerivationOutput.Fixed specified)
    {
        // A mirror knows files, and the hash of a NAR is no file's.
        if (specified.Address.Method != ContentAddressMethod.Flat)
            return [];
        var hash = specified.Address.Hash;
        var place = $"{hash.Kind.Name()}/{hash.Format(HashFormat.Base16, withKind: false)}";
        return downloader.Settings.HashedMirrors.Select(mirror => $"{mirror.TrimEnd('/')}/{place}");
    }

    private bool TryFetch(string url, BuiltinBuildContext context, string output, bool isLast)
    {
        try
        {
            Fetch(url, context, output, isLast);
            return true;
        }
        catch (DownloadException failure)
        {
            if (isLast)
                throw new BuiltinBuildException(failure.Message, failure);
            context.Log($"warning: {failure.Message}; trying another place");
            Trees.Remove(output);
            return false;
        }
    }

    private void Fetch(string url, BuiltinBuildContext context, string output, bool isLast)
    {
        if (Variable(context, "unpack"))
        {
            Unpack(url, context, output, isLast);
            return;
        }

        using (var file = new FileStream(output, FileMode.CreateNew, FileAccess.ReadWrite))
            Download(url, file, context, isLast);
        FileMetadata.ChangeMode(
            output,
            Variable(context, "executable") ? ExecutableFile : PlainFile
        );
    }

    private void Download(string url, Stream target, BuiltinBuildContext context, bool isLast) =>
        downloader.Download(
            new DownloadRequest(url, target)
            {
                AttemptsMax = isLast ? int.MaxValue : 1,
                Progress = context.Progress,
                Retrying = context.Log,
            },
            context.CancellationToken
        );

    private void Unpack(string url, BuiltinBuildContext context, string output, bool isLast)
    {
        var archive = Path.Combine(context.TemporaryDirectory, "archive.nar");
        using var file = new FileStream(
            archive,
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 16,
            FileOptions.DeleteOnClose
        );
        Download(url, file, context, isLast);
        file.Position = 0;
        try
        {
            using var nar = Decompressed(file, context.Require("url"));
            using var target = new FileTreeWriter(output);
            NarReader.Read(nar, target);
        }
        catch (BadFormatException broken)
        {
            throw new BuiltinBuildException($"unable to unpack '{url}': {broken.Message}", broken);
        }

        if (Variable(context, "executable"))
            FileMetadata.ChangeMode(output, ExecutableFile);
    }

    private static Stream Decompressed(Stream file, string url) =>
        url.EndsWith(".xz", StringComparison.Ordinal)
            ? new XzDecompressionStream(file, leaveOpen: true)
            : file;

    private static bool Variable(BuiltinBuildContext context, string name) =>
        context.Derivation.Environment.TryGetValue(name, out var value) && value == "1";
}
