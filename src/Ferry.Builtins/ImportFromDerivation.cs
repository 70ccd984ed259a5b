using Ferry.Evaluation;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Builds what a program is about to read.</summary>
internal static class ImportFromDerivation
{
    /// <exception cref="EvaluationException">Something is not in the store, may not be built now, or could not be built.</exception>
    public static void Realise(Evaluator evaluator, StringContext context)
    {
        var store = evaluator.Store;
        ContextElement? first = null;
        foreach (var element in context.Elements)
        {
            if (!store.IsValid(element.Path))
                throw EvaluationException.Failed($"path '{element.Path}' is not valid");
            if (element.Kind == ContextElementKind.Built)
                first ??= element;
        }

        if (first is not { } built)
            return;
        Ahead.RequireEvaluatingThread();
        var name = evaluator.ShowContext(built);
        var settings = evaluator.Settings;
        if (!settings.AllowsImportFromDerivation)
            throw EvaluationException.Failed(
                $"cannot build '{name}' during evaluation because the option 'allow-import-from-derivation' is disabled"
            );
        if (settings.TracesImportFromDerivation)
            TracingBuiltins.Warn(
                evaluator,
                $"built '{name}' during evaluation due to an import from derivation"
            );
        store.Realise(context);
    }
}
