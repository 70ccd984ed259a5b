using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>From a value to a file that is really there.</summary>
internal static class FileAccess
{
    /// <summary>The argument's path with everything it mentions built, links resolved.</summary>
    public static string Realise(in BuiltinCall call, int index) =>
        call.Files.ResolveLinks(RealiseUnresolved(call, index));

    /// <summary>The argument's path with everything it mentions built.</summary>
    public static string RealiseUnresolved(in BuiltinCall call, int index)
    {
        var context = StringContext.Empty;
        var path = call.CoerceToPath(
            call.Argument(index),
            ref context,
            "while realising the context of a path"
        );
        if (context.IsEmpty)
            return path;
        try
        {
            ImportFromDerivation.Realise(call.Evaluator, context);
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    Position.None,
                    $"while realising the context of path '{call.Files.Show(path)}'"
                )
            )
        {
            throw;
        }

        return path;
    }
}
