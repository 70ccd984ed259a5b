namespace Ferry.Builtins.Fetchers;

/// <summary>Texts that mean archives on the network in search paths and for <c>fetchTarball</c>.</summary>
internal static class PseudoUrl
{
    private const string ChannelPrefix = "channel:";

    private static readonly string[] s_schemes =
    [
        "http",
        "https",
        "file",
        "channel",
        "git",
        "s3",
        "ssh",
    ];

    public static bool IsOne(string text) =>
        text.StartsWith(ChannelPrefix, StringComparison.Ordinal)
        || (
            text.IndexOf("://", StringComparison.Ordinal) is > 0 and var end
            && s_schemes.Contains(text[..end])
        );

    /// <summary>Channels are files at a known place.</summary>
    public static string Resolve(string text) =>
        text.StartsWith(ChannelPrefix, StringComparison.Ordinal)
            ? $"https://channels.nixos.org/{text[ChannelPrefix.Length..]}/nixexprs.tar.xz"
            : text;
}
