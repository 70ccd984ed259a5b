using Ferry.Formats.Hashing;

namespace Ferry.Formats.Derivations;

/// <summary>What all outputs of a derivation have in common.</summary>
public enum DerivationKind
{
    InputAddressed,
    Deferred,
    Fixed,
    Floating,
    Impure,
}

internal static class DerivationKinds
{
    /// <summary>The rules and messages are stock's (<c>BasicDerivation::type</c>).</summary>
    public static DerivationKind Of(SortedMap<ByteString, DerivationOutput> outputs)
    {
        DerivationKind? decided = null;
        HashKind? floatingHash = null;
        foreach (var (name, output) in outputs)
        {
            var kind = Of(output);
            if (decided is not null && decided != kind)
                throw new BadFormatException("can't mix derivation output types");
            if (kind == DerivationKind.Fixed)
                RequireOnlyOut(name, isFirst: decided is null);
            if (output is DerivationOutput.Floating floating)
            {
                if (floatingHash is not null && floatingHash != floating.Kind)
                    throw new BadFormatException(
                        "all floating outputs must use the same hash algorithm"
                    );
                floatingHash = floating.Kind;
            }
            decided = kind;
        }
        return decided ?? throw new BadFormatException("must have at least one output");
    }

    private static void RequireOnlyOut(ByteString name, bool isFirst)
    {
        if (!isFirst)
            throw new BadFormatException("only one fixed output is allowed for now");
        if (name != "out")
            throw new BadFormatException("single fixed output must be named \"out\"");
    }

    private static DerivationKind Of(DerivationOutput output) =>
        output switch
        {
            DerivationOutput.InputAddressed => DerivationKind.InputAddressed,
            DerivationOutput.Fixed => DerivationKind.Fixed,
            DerivationOutput.Floating => DerivationKind.Floating,
            DerivationOutput.Deferred => DerivationKind.Deferred,
            _ => DerivationKind.Impure,
        };
}
