using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Flakes.References;
using Ferry.Syntax.Tree;

namespace Ferry.Flakes.Declarations;

/// <summary>Reads <c>flake.nix</c> without computing anything in it. On the evaluation thread.</summary>
/// <remarks>Source: Nix manual, "nix flake", section "Flake format".</remarks>
internal sealed class FlakeReader(Evaluator evaluator, FlakeReaderContext context)
{
    private static readonly HashSet<string> s_known =
    [
        "description",
        "inputs",
        "outputs",
        "nixConfig",
    ];

    /// <exception cref="FlakeException">It is no flake.</exception>
    /// <exception cref="EvaluationException">The file is not there, or is no program.</exception>
    public Flake Read(FlakePlace place)
    {
        var flake = new Flake(place.Original, place.Resolved, place.Locked, place.Folder);
        var top = Evaluate(flake.File);
        if (top.Member("description") is { } description)
        {
            description.RequireText();
            flake = flake with { Description = description.Text };
        }

        var reader = new InputReader(context, place.Folder);
        if (top.Member("inputs") is { } inputs)
        {
            var (declared, self) = reader.Read(inputs, allowsSelf: true);
            flake = flake with { Inputs = declared, SelfAttributes = self };
        }

        if (top.Member("outputs") is not { } outputs)
            throw new FlakeException($"flake '{place.Resolved}' lacks attribute 'outputs'");
        outputs.RequireFunction();
        AddArguments(flake.Inputs, outputs.Syntax);
        if (top.Member("nixConfig") is { } settings)
            flake = flake with { Settings = FlakeSettingsReader.Read(evaluator, settings) };
        foreach (var (name, member) in top.Members())
        {
            if (!s_known.Contains(name))
                throw new FlakeException(
                    $"flake '{place.Resolved}' has an unsupported attribute '{name}', at {member.Position}"
                );
        }

        return flake;
    }

    private DeclaredValue Evaluate(string file)
    {
        if (evaluator.Files.Kind(file) is null)
            // Reading says why it is not there, where somebody knows.
            _ = evaluator.Files.Read(file);
        var source = evaluator.ReadSource(evaluator.ResolveImport(file));
        var syntax = evaluator.Parse(source);
        if (syntax is not AttributeSetExpression)
            throw EvaluationException.Failed(
                $"file '{evaluator.Files.Show(file)}' must be an attribute set"
            );
        return new(evaluator.EvaluateFile(file), default, syntax);
    }

    // What "outputs" takes and nobody declared is an input by its name.
    private static void AddArguments(
        SortedDictionary<string, FlakeInput> inputs,
        Expression? outputs
    )
    {
        if (outputs is not LambdaExpression { HasFormals: true } lambda)
            return;
        foreach (var formal in lambda.Formals)
        {
            var name = formal.Name.ToString();
            if (name != "self" && !inputs.ContainsKey(name))
                inputs[name] = new()
                {
                    Reference = FlakeReference.Parse(name, new FlakeReferenceOptions()),
                };
        }
    }

    internal static string MakeRelative(string folder, string path) =>
        path == folder ? "."
        : path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..]
        : Path.GetRelativePath(folder, PathText.Canonicalize(path));
}

/// <summary>Where a flake is, with the references that led there.</summary>
/// <param name="Original">As asked for.</param>
/// <param name="Resolved">After registries.</param>
/// <param name="Locked">What was fetched.</param>
/// <param name="Folder">Where <c>flake.nix</c> is, as evaluation sees it.</param>
internal sealed record FlakePlace(
    FlakeReference Original,
    FlakeReference Resolved,
    FlakeReference Locked,
    string Folder
);
