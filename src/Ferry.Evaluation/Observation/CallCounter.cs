using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Observation;

/// <summary>Counts calls, of all functions and of each.</summary>
public sealed class CallCounter : ICallObserver
{
    private readonly Dictionary<LambdaInformation, long> _lambdas = new(
        ReferenceEqualityComparer.Instance
    );
    private readonly SortedDictionary<string, long> _builtins = new(StringComparer.Ordinal);

    /// <summary>Calls of builtins.</summary>
    public long BuiltinCalls { get; private set; }

    /// <summary>Calls of functions that programs define.</summary>
    public long LambdaCalls { get; private set; }

    /// <summary>How often each builtin was called.</summary>
    public IReadOnlyDictionary<string, long> Builtins => _builtins;

    /// <summary>How often each function of a program was called: its name if it has one, its place, the count.</summary>
    public IEnumerable<CountedFunction> Functions =>
        _lambdas
            .OrderBy(pair => pair.Key.Position.Id)
            .Select(pair => new CountedFunction(
                pair.Key.Name?.ToString(),
                pair.Key.Position,
                pair.Value
            ));

    public void Enter(ObservedCall call)
    {
        if (call.Builtin is { } builtin)
        {
            BuiltinCalls++;
            _builtins[builtin] = _builtins.GetValueOrDefault(builtin) + 1;
        }
        else if (call.Lambda is { } lambda)
        {
            LambdaCalls++;
            _lambdas[lambda] = _lambdas.GetValueOrDefault(lambda) + 1;
        }
    }

    public void Leave(ObservedCall call) { }
}

/// <param name="Name">Null for an anonymous function.</param>
/// <param name="Position">Where it is defined.</param>
/// <param name="Count">Of its calls.</param>
public readonly record struct CountedFunction(string? Name, Errors.Position Position, long Count);
