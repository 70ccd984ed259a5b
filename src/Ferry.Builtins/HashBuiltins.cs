using Ferry.Builtins.Derivations;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats.Hashing;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Hashes and their text forms.</summary>
internal static class HashBuiltins
{
    // Of SHA-512 in base 16.
    private const int TextLengthMax = 128;

    private static readonly Symbol s_hash = Symbols.Of("hash");
    private static readonly Symbol s_hashAlgo = Symbols.Of("hashAlgo");
    private static readonly Symbol s_toHashFormat = Symbols.Of("toHashFormat");

    public static Builtin[] Table { get; } =
    [
        new(
            "convertHash",
            ["args"],
            "Converts a hash between base16, nix32, base64 and SRI.",
            ConvertHash
        ),
        new("hashFile", ["type", "p"], "Returns the hash of a file in base 16.", HashFile),
        new("hashString", ["type", "s"], "Returns the hash of a string in base 16.", HashString),
        new(
            "placeholder",
            ["output"],
            "Returns a text that the path of an output replaces when a derivation is built.",
            Placeholder
        )
        {
            IsGlobal = true,
        },
    ];

    /// <summary>The text that stands for an output until its path is known.</summary>
    public static string PlaceholderText(ReadOnlySpan<byte> output)
    {
        var digest = Hash.Compute(HashKind.Sha256, [.. "nix-output:"u8, .. output]);
        return $"/{digest.Format(HashFormat.Nix32, withKind: false)}";
    }

    private static Value ConvertHash(in BuiltinCall call)
    {
        var options = call.ForceAttributeSet(0);
        var text = call.ForceStringWithoutContext(
                Attributes.Require(options, s_hash, "while locating the attribute 'hash'"),
                "while evaluating the attribute 'hash'"
            )
            .ToString();
        string? kindName = options.TryGet(s_hashAlgo, out var kind)
            ? call.ForceStringWithoutContext(kind, "while evaluating the attribute 'hashAlgo'")
                .ToString()
            : null;
        var parsedKind = kindName is null ? (HashKind?)null : Kind(kindName);
        var formatName = call.ForceStringWithoutContext(
                Attributes.Require(
                    options,
                    s_toHashFormat,
                    "while locating the attribute 'toHashFormat'"
                ),
                "while evaluating the attribute 'toHashFormat'"
            )
            .ToString();
        if (formatName == "base32")
            TracingBuiltins.Warn(
                call.Evaluator,
                "\"base32\" is a deprecated alias for hash format \"nix32\"."
            );
        return FormatErrors.Explain(() =>
        {
            var format = HashFormats.Parse(formatName);
            return Value.Of(
                Hash.Parse(text, parsedKind).Format(format, withKind: format == HashFormat.Sri)
            );
        });
    }

    private static Value HashFile(in BuiltinCall call)
    {
        var kind = Kind(call);
        var path = FileAccess.Realise(call, 1);
        return Value.Of(Digest(kind, call.Files.Read(path), stackalloc byte[TextLengthMax]));
    }

    private static Value HashString(in BuiltinCall call)
    {
        var kind = Kind(call);
        return Value.Of(Digest(kind, call.ForceString(1).Bytes, stackalloc byte[TextLengthMax]));
    }

    private static Value Placeholder(in BuiltinCall call) =>
        Value.Of(PlaceholderText(call.ForceStringWithoutContext(0).Bytes));

    private static HashKind Kind(in BuiltinCall call)
    {
        var name = call.ForceStringWithoutContext(0);
        return name.Equals("sha256"u8) ? HashKind.Sha256 : Kind(name.ToString());
    }

    private static HashKind Kind(string name) =>
        name == "blake3"
            ? throw DerivationDraft.Experimental("blake3-hashes")
            : FormatErrors.Explain(() => HashKinds.Parse(name));

    private static ReadOnlySpan<byte> Digest(
        HashKind kind,
        ReadOnlySpan<byte> data,
        Span<byte> text
    )
    {
        Span<byte> digest = stackalloc byte[kind.DigestLength()];
        Hash.Compute(kind, data, digest);
        Convert.TryToHexStringLower(digest, text, out var length);
        return text[..length];
    }
}
