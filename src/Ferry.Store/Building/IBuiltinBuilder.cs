using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;

namespace Ferry.Store.Building;

/// <summary>A builder that is part of this program: a derivation names it in place of a file to run.</summary>
public interface IBuiltinBuilder
{
    /// <summary>As in <see cref="Derivation.Builder"/>: <c>builtin:fetchurl</c>.</summary>
    string Name { get; }

    /// <summary>Makes every output. It may be called for several derivations at once, on different threads.</summary>
    /// <exception cref="BuiltinBuildException">The build failed; the message is for the person who asked.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    void Build(BuiltinBuildContext context);
}

/// <summary>What a builtin builder may see and touch.</summary>
public sealed record BuiltinBuildContext
{
    public required Derivation Derivation { get; init; }

    /// <summary>Where to create each output, by output name. Nothing exists there yet.</summary>
    public required SortedMap<ByteString, string> OutputRealPaths { get; init; }

    /// <summary>The text to write into outputs for a path: <c>/nix/store/…</c>, wherever the files lie.</summary>
    public required StoreDirectory Directory { get; init; }

    /// <summary>Where the files of an input lie on this machine. Only inputs of the derivation may be asked for.</summary>
    public required Func<StorePath, string> InputRealPath { get; init; }

    /// <summary>Whether a path is among the inputs of the derivation.</summary>
    public Func<StorePath, bool> IsInput { get; init; } = _ => true;

    /// <summary>An empty directory of this build alone, removed afterwards.</summary>
    public required string TemporaryDirectory { get; init; }

    /// <summary>Takes one line of the build's log, without its line feed. May be called from any thread.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>Takes bytes done and, when it is known, bytes expected in all. May be called from any thread.</summary>
    public required Action<long, long?> Progress { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    /// <summary>A variable of the derivation that the builder cannot do without.</summary>
    /// <exception cref="BuiltinBuildException">It is not there.</exception>
    public string Require(ByteString variable) =>
        Derivation.Environment.TryGetValue(variable, out var value)
            ? value.ToString()
            : throw new BuiltinBuildException(
                $"attribute '{variable}' missing in derivation '{Derivation.Name}'"
            );
}

/// <summary>A builtin builder failed on its input: a file that is not to be had, an archive that is broken.</summary>
public sealed class BuiltinBuildException : Exception
{
    public BuiltinBuildException(string message)
        : base(message) { }

    public BuiltinBuildException(string message, Exception inner)
        : base(message, inner) { }
}
