using System.Text;
using Ferry.Formats.Hashing;

namespace Ferry.Formats.StorePaths;

/// <summary>Computes store paths from what they name.</summary>
/// <remarks>Source: Nix manual, "Complete Store Path Calculation".</remarks>
public sealed class StorePathFactory(StoreDirectory directory)
{
    public StoreDirectory Directory { get; } = directory;

    /// <summary>The digest is SHA-256 of <c>TYPE:FINGERPRINT:STORE:NAME</c>, folded to 160 bits.</summary>
    /// <exception cref="BadFormatException">The name breaks a rule.</exception>
    public StorePath Make(string type, string fingerprint, string name)
    {
        var text = $"{type}:{fingerprint}:{Directory.Path}:{name}";
        var digest = Hash.Compute(HashKind.Sha256, Encoding.UTF8.GetBytes(text)).Digest;
        return StorePath.Create(Hash.Fold(digest, StorePath.DigestLength), name);
    }

    /// <inheritdoc cref="Make(string, string, string)"/>
    public StorePath Make(string type, Hash hash, string name) =>
        Make(type, hash.ToBase16WithKind(), name);

    /// <summary>The path of a text with references: derivations and <c>builtins.toFile</c>.</summary>
    /// <param name="name">Of the store path.</param>
    /// <param name="contents">SHA-256 of the text.</param>
    /// <param name="references">Any order.</param>
    public StorePath Text(string name, Hash contents, IEnumerable<StorePath> references) =>
        Make(WithReferences("text", references, refersToItself: false), contents, name);

    /// <summary>The path of content that is known by its hash: sources and fixed outputs.</summary>
    /// <exception cref="BadFormatException">References with another method than a recursive SHA-256.</exception>
    public StorePath FixedOutput(
        string name,
        ContentAddress address,
        IReadOnlyCollection<StorePath>? references = null,
        bool refersToItself = false
    )
    {
        references ??= [];
        if (address.Method == ContentAddressMethod.Text)
            return refersToItself
                ? throw new BadFormatException("self-reference not allowed with text hashing")
                : Text(name, address.Hash, references);
        if (
            address.Method == ContentAddressMethod.Recursive
            && address.Hash.Kind == HashKind.Sha256
        )
            return Make(WithReferences("source", references, refersToItself), address.Hash, name);
        if (references.Count > 0 || refersToItself)
            throw new BadFormatException(
                $"fixed output derivation '{name}' is not allowed to refer to other store paths.\n"
                    + "You may need to use the 'unsafeDiscardReferences' derivation attribute, see the manual for more details."
            );
        var payload = $"fixed:out:{address.Method.Prefix()}{address.Hash.ToBase16WithKind()}:";
        return Make(
            "output:out",
            Hash.Compute(HashKind.Sha256, Encoding.UTF8.GetBytes(payload)),
            name
        );
    }

    /// <summary>The path of an input-addressed output.</summary>
    /// <param name="outputName">As in the derivation.</param>
    /// <param name="derivation">The derivation's hash modulo fixed outputs.</param>
    /// <param name="derivationName">Without <c>.drv</c>.</param>
    public StorePath Output(string outputName, Hash derivation, string derivationName) =>
        Make($"output:{outputName}", derivation, OutputPathName(derivationName, outputName));

    /// <summary>The name in an output's path: the derivation's, with <c>-OUTPUT</c> unless it is <c>out</c>.</summary>
    public static string OutputPathName(string derivationName, string outputName) =>
        outputName == "out" ? derivationName : $"{derivationName}-{outputName}";

    private string WithReferences(
        string type,
        IEnumerable<StorePath> references,
        bool refersToItself
    )
    {
        var text = new StringBuilder(type);
        foreach (var reference in references.Order().Distinct())
            text.Append(':').Append(Directory.Format(reference));
        if (refersToItself)
            text.Append(":self");
        return text.ToString();
    }
}
