using System.Collections.Immutable;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.ATerm;

/// <summary>Reads derivations from the contents of a <c>.drv</c> file.</summary>
/// <remarks>Grammar: docs/formats/derivation.md. Messages are stock's.</remarks>
public static class DerivationReader
{
    /// <param name="contents">The whole file.</param>
    /// <param name="name">The derivation's name, without <c>.drv</c>; the text does not hold it.</param>
    /// <param name="directory">The store that paths in it must belong to.</param>
    /// <exception cref="BadFormatException">The text is no derivation, or of a version that needs dynamic derivations.</exception>
    public static Derivation Read(
        ReadOnlySpan<byte> contents,
        string name,
        StoreDirectory directory
    )
    {
        var text = new ATermReader(contents);
        ExpectStart(ref text, name);
        var outputs = Outputs(ref text, directory);
        text.Expect(",[");
        var inputs = InputDerivations(ref text, directory);
        text.Expect(",[");
        var sources = ImmutableSortedSet.CreateBuilder<StorePath>();
        while (!text.EndOfList())
            sources.Add(directory.Parse(text.Path()));
        text.Expect(",");
        var system = text.String();
        text.Expect(",");
        var builder = text.String();
        text.Expect(",[");
        var arguments = ImmutableArray.CreateBuilder<ByteString>();
        while (!text.EndOfList())
            arguments.Add(text.String());
        text.Expect(",[");
        var environment = Environment(ref text);
        text.Expect(")");
        return new Derivation
        {
            Name = name,
            Outputs = outputs,
            InputDerivations = inputs,
            InputSources = sources.ToImmutable(),
            System = system,
            Builder = builder,
            Arguments = arguments.ToImmutable(),
            Environment = environment,
        };
    }

    private static void ExpectStart(ref ATermReader text, string name)
    {
        text.Expect("D");
        if (text.Peek == 'r')
        {
            text.Expect("rvWithVersion(");
            var version = text.String();
            throw new BadFormatException(
                version == "xp-dyn-drv"
                    ? $"experimental Nix feature 'dynamic-derivations' is disabled; add '--extra-experimental-features dynamic-derivations' to enable it: derivation '{name}', ATerm format version 'xp-dyn-drv'"
                    : $"Unknown derivation ATerm format version '{version}'"
            );
        }
        if (text.Peek != 'e')
            throw new BadFormatException(
                "derivation does not start with 'Derive' or 'DrvWithVersion'"
            );
        text.Expect("erive([");
    }

    private static SortedMap<ByteString, DerivationOutput> Outputs(
        ref ATermReader text,
        StoreDirectory directory
    )
    {
        var outputs = new List<KeyValuePair<ByteString, DerivationOutput>>();
        while (!text.EndOfList())
        {
            text.Expect("(");
            var name = text.String();
            text.Expect(",");
            var path = text.String();
            text.Expect(",");
            var methodAndKind = text.String();
            text.Expect(",");
            var hash = text.String();
            text.Expect(")");
            outputs.Add(
                new(name, Output(path, methodAndKind.ToString(), hash.ToString(), directory))
            );
        }
        return SortedMap<ByteString, DerivationOutput>.From(outputs);
    }

    private static DerivationOutput Output(
        ByteString path,
        string methodAndKind,
        string hash,
        StoreDirectory directory
    )
    {
        if (methodAndKind.Length == 0)
            return path.IsEmpty
                ? new DerivationOutput.Deferred()
                : new DerivationOutput.InputAddressed(directory.Parse(RequirePath(path)));

        var rest = methodAndKind.AsSpan();
        var method = ContentAddressMethods.TakePrefix(ref rest);
        var kind = HashKinds.Parse(rest);
        switch (hash)
        {
            case "impure":
                return path.IsEmpty
                    ? new DerivationOutput.Impure(method, kind)
                    : throw new BadFormatException(
                        "impure derivation output should not specify output path"
                    );
            case "":
                return path.IsEmpty
                    ? new DerivationOutput.Floating(method, kind)
                    : throw new BadFormatException(
                        "content-addressing derivation output should not specify output path"
                    );
            default:
                // The path itself is not kept: it follows from the hash.
                RequirePath(path);
                return new DerivationOutput.Fixed(
                    new ContentAddress(method, Hash.ParseUnprefixed(hash, kind))
                );
        }
    }

    private static string RequirePath(ByteString path) =>
        path.StartsWith("/"u8)
            ? path.ToString()
            : throw new BadFormatException($"bad path '{path}' in derivation");

    private static SortedMap<StorePath, ImmutableSortedSet<ByteString>> InputDerivations(
        ref ATermReader text,
        StoreDirectory directory
    )
    {
        var inputs = new List<KeyValuePair<StorePath, ImmutableSortedSet<ByteString>>>();
        while (!text.EndOfList())
        {
            text.Expect("(");
            var path = directory.Parse(text.Path());
            text.Expect(",[");
            var names = ImmutableSortedSet.CreateBuilder<ByteString>();
            while (!text.EndOfList())
                names.Add(text.String());
            text.Expect(")");
            inputs.Add(new(path, names.ToImmutable()));
        }
        return SortedMap<StorePath, ImmutableSortedSet<ByteString>>.From(inputs);
    }

    private static SortedMap<ByteString, ByteString> Environment(ref ATermReader text)
    {
        var variables = new List<KeyValuePair<ByteString, ByteString>>();
        while (!text.EndOfList())
        {
            text.Expect("(");
            var name = text.String();
            text.Expect(",");
            var value = text.String();
            text.Expect(")");
            variables.Add(new(name, value));
        }
        return SortedMap<ByteString, ByteString>.From(variables);
    }
}
