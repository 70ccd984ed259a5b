using System.Collections.Immutable;
using System.Text;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.ATerm;

/// <summary>Writes derivations as ATerm: the contents of a <c>.drv</c> file.</summary>
/// <remarks>Grammar: docs/formats/derivation.md.</remarks>
public static class DerivationWriter
{
    // Every derivation is written several times; one writer a thread serves all of them.
    [ThreadStatic]
    private static ATermWriter? t_spare;

    /// <summary>The contents of the derivation's file.</summary>
    public static byte[] Write(Derivation derivation, StorePathFactory paths)
    {
        var inputs = derivation.InputDerivations.Select(input =>
            KeyValuePair.Create((ByteString)paths.Directory.Format(input.Key), input.Value)
        );
        return Write(derivation, paths, inputs, maskOutputs: false);
    }

    /// <summary>The store path that the derivation's file gets.</summary>
    public static StorePath PathOf(Derivation derivation, StorePathFactory paths) =>
        PathOf(derivation, paths, Write(derivation, paths));

    /// <summary>The store path, given the contents that <see cref="Write(Derivation, StorePathFactory)"/> returned.</summary>
    public static StorePath PathOf(
        Derivation derivation,
        StorePathFactory paths,
        ReadOnlySpan<byte> contents
    ) =>
        paths.Text(
            derivation.Name + StorePath.DerivationSuffix,
            Hash.Compute(HashKind.Sha256, contents),
            derivation.References()
        );

    /// <summary>The text whose hash is the hash modulo fixed outputs.</summary>
    internal static byte[] WriteForHashing(
        Derivation derivation,
        StorePathFactory paths,
        SortedMap<ByteString, ImmutableSortedSet<ByteString>> inputs,
        bool maskOutputs
    ) => Write(derivation, paths, inputs, maskOutputs);

    private static byte[] Write(
        Derivation derivation,
        StorePathFactory paths,
        IEnumerable<KeyValuePair<ByteString, ImmutableSortedSet<ByteString>>> inputs,
        bool maskOutputs
    )
    {
        var text = t_spare ?? new ATermWriter();
        t_spare = null;
        text.Raw("Derive("u8);
        text.List(
            derivation.Outputs,
            output => WriteOutput(text, derivation, paths, output, maskOutputs)
        );
        text.Raw(","u8);
        text.List(
            inputs,
            input =>
            {
                text.Raw("("u8);
                text.Unescaped(input.Key.Span);
                text.Raw(","u8);
                text.List(input.Value, name => text.Unescaped(name.Span));
                text.Raw(")"u8);
            }
        );
        text.Raw(","u8);
        text.List(
            derivation.InputSources,
            source => text.Unescaped(Encoding.UTF8.GetBytes(paths.Directory.Format(source)))
        );
        text.Raw(","u8);
        text.Unescaped(derivation.System.Span);
        text.Raw(","u8);
        text.String(derivation.Builder.Span);
        text.Raw(","u8);
        text.List(derivation.Arguments, argument => text.String(argument.Span));
        text.Raw(","u8);
        text.List(
            derivation.Environment,
            variable =>
            {
                var isMasked = maskOutputs && derivation.Outputs.ContainsKey(variable.Key);
                text.Raw("("u8);
                text.String(variable.Key.Span);
                text.Raw(","u8);
                text.String(isMasked ? default : variable.Value.Span);
                text.Raw(")"u8);
            }
        );
        text.Raw(")"u8);
        var written = text.Written.ToArray();
        text.Clear();
        t_spare = text;
        return written;
    }

    private static void WriteOutput(
        ATermWriter text,
        Derivation derivation,
        StorePathFactory paths,
        KeyValuePair<ByteString, DerivationOutput> output,
        bool maskOutputs
    )
    {
        var path = output.Value.PathIn(paths, derivation.Name, output.Key);
        var (methodAndKind, hash) = output.Value switch
        {
            DerivationOutput.Fixed { Address: var address } => (
                address.MethodAndKind,
                address.Hash.Format(HashFormat.Base16, withKind: false)
            ),
            DerivationOutput.Floating floating => (
                floating.Method.Prefix() + floating.Kind.Name(),
                ""
            ),
            DerivationOutput.Impure impure => (
                impure.Method.Prefix() + impure.Kind.Name(),
                "impure"
            ),
            _ => ("", ""),
        };
        text.Raw("("u8);
        text.Unescaped(output.Key.Span);
        foreach (
            var part in (ReadOnlySpan<string>)
                [
                    maskOutputs || path is null ? "" : paths.Directory.Format(path),
                    methodAndKind,
                    hash,
                ]
        )
        {
            text.Raw(","u8);
            text.Unescaped(Encoding.UTF8.GetBytes(part));
        }
        text.Raw(")"u8);
    }
}
