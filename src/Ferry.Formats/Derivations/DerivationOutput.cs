using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Derivations;

/// <summary>What a derivation says of one of its outputs: how its path comes about.</summary>
public abstract record DerivationOutput
{
    private DerivationOutput() { }

    /// <summary>The path, where the derivation alone determines it; null for the kinds that need a build or more derivations.</summary>
    public abstract StorePath? PathIn(
        StorePathFactory paths,
        string derivationName,
        ByteString outputName
    );

    /// <summary>The path follows from the derivation's inputs.</summary>
    public sealed record InputAddressed(StorePath Path) : DerivationOutput
    {
        public override StorePath? PathIn(
            StorePathFactory paths,
            string derivationName,
            ByteString outputName
        ) => Path;
    }

    /// <summary>The content is known beforehand: a fixed-output derivation, which may use the network.</summary>
    public sealed record Fixed(ContentAddress Address) : DerivationOutput
    {
        public override StorePath? PathIn(
            StorePathFactory paths,
            string derivationName,
            ByteString outputName
        ) =>
            paths.FixedOutput(
                StorePathFactory.OutputPathName(derivationName, outputName.ToString()),
                Address
            );
    }

    /// <summary>The path follows from the content, which only a build can tell (<c>__contentAddressed</c>).</summary>
    public sealed record Floating(ContentAddressMethod Method, HashKind Kind) : DerivationOutput
    {
        public override StorePath? PathIn(
            StorePathFactory paths,
            string derivationName,
            ByteString outputName
        ) => null;
    }

    /// <summary>Input-addressed, but the path is not computed yet or depends on floating outputs.</summary>
    public sealed record Deferred : DerivationOutput
    {
        public override StorePath? PathIn(
            StorePathFactory paths,
            string derivationName,
            ByteString outputName
        ) => null;
    }

    /// <summary>Built anew each time (<c>__impure</c>).</summary>
    public sealed record Impure(ContentAddressMethod Method, HashKind Kind) : DerivationOutput
    {
        public override StorePath? PathIn(
            StorePathFactory paths,
            string derivationName,
            ByteString outputName
        ) => null;
    }
}
