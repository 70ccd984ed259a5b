namespace Ferry.Build.Sandbox;

/// <summary>Something of the host that every build sees: one word of the setting <c>sandbox-paths</c>.</summary>
/// <param name="Target">Where builds see it.</param>
/// <param name="Source">On the host, or a path of the store, whose closure builds see as well.</param>
/// <param name="IsOptional">True: a missing source is passed over.</param>
public sealed record SandboxPath(string Target, string Source, bool IsOptional)
{
    /// <summary>Parses <c>PATH</c> or <c>TARGET=SOURCE</c>, either followed by <c>?</c> when it is optional.</summary>
    /// <exception cref="FormatException">A part is no absolute path; the message is the end of a sentence.</exception>
    public static SandboxPath Parse(string word)
    {
        var isOptional = word.EndsWith('?');
        var text = isOptional ? word[..^1] : word;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var target = equals < 0 ? text : text[..equals];
        var source = equals < 0 ? text : text[(equals + 1)..];
        return target.StartsWith('/') && source.StartsWith('/')
            ? new(target, source, isOptional)
            : throw new FormatException(
                $"'{word}' is neither an absolute path nor two of them, as in '/bin/sh=/bin/busybox'"
            );
    }
}
