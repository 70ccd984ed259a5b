using System.Globalization;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;

namespace Ferry.Flakes.Declarations;

/// <summary>Reads <c>nixConfig</c>: settings that a flake asks for.</summary>
internal static class FlakeSettingsReader
{
    public static IReadOnlyList<(string Name, string Value)> Read(
        Evaluator evaluator,
        DeclaredValue declared
    )
    {
        declared.RequireSet();
        return [.. declared.Members().Select(member => (member.Name, Text(evaluator, member)))];
    }

    private static string Text(Evaluator evaluator, (string Name, DeclaredValue Value) member)
    {
        var (name, declared) = member;
        if (!declared.IsTrivial)
            throw Unsuitable(name, declared.TypeName);
        var value = declared.Value;
        if (value.IsString)
            return declared.Text;
        if (value.IsInteger)
            return value.AsInteger.ToString(CultureInfo.InvariantCulture);
        if (value.IsBoolean)
            return value.AsBoolean ? "true" : "false";
        if (value.IsPath)
            return evaluator
                .Coercer.ToString(value, declared.Position, "", StringCoercion.Default)
                .ToString();
        if (!value.IsList)
            throw Unsuitable(name, declared.TypeName);
        var words = new List<string>();
        for (var index = 0; index < value.AsList.Length; index++)
        {
            var element = value.AsList.Force(index);
            if (!element.IsString)
                throw EvaluationException.WrongType(
                    $"list element in flake configuration setting '{name}' is {"a list"} while a string is expected"
                );
            words.Add(element.AsString.ToString());
        }

        return string.Join(' ', words);
    }

    private static EvaluationException Unsuitable(string name, string type)
    {
        var hint = new Hint(0, 0);
        hint.AppendLiteral("flake configuration setting '");
        hint.AppendFormatted(name);
        hint.AppendLiteral($"' is {type}");
        return EvaluationException.WrongType(hint);
    }
}
