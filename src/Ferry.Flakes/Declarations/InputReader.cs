using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Flakes.Locks;
using Ferry.Flakes.References;
using Ferry.Formats.Inputs;

namespace Ferry.Flakes.Declarations;

/// <summary>Reads <c>inputs</c> of a flake.</summary>
/// <param name="context">What relative meanings start from.</param>
/// <param name="folder">The flake's, as evaluation sees it.</param>
internal sealed class InputReader(FlakeReaderContext context, string folder)
{
    public (SortedDictionary<string, FlakeInput> Inputs, InputAttributes Self) Read(
        DeclaredValue declared,
        bool allowsSelf
    )
    {
        declared.RequireSet();
        var inputs = FlakeInput.Empty();
        var self = InputAttributes.Empty;
        foreach (var (name, value) in declared.Members())
        {
            if (name != "self")
            {
                inputs[name] = ReadInput(value);
                continue;
            }

            if (!allowsSelf)
                throw new FlakeException($"'self' input attribute not allowed at {value.Position}");
            value.RequireSet();
            foreach (var (attribute, member) in value.Members())
                self = self.With(attribute, Attribute(attribute, member));
        }

        return (inputs, self);
    }

    private FlakeInput ReadInput(DeclaredValue declared)
    {
        declared.RequireSet();
        var input = new FlakeInput();
        var attributes = InputAttributes.Empty;
        string? url = null;
        foreach (var (name, value) in declared.Members())
        {
            try
            {
                switch (name)
                {
                    case "url":
                        url = Url(value);
                        break;
                    case "flake":
                        input = input with { IsFlake = value.RequireBoolean() };
                        break;
                    case "inputs":
                        input = input with { Overrides = Read(value, allowsSelf: false).Inputs };
                        break;
                    case "follows":
                        value.RequireText();
                        input = input with
                        {
                            Follows = context.Path.Join(InputPath.Parse(value.Text)),
                        };
                        break;
                    default:
                        attributes = attributes.With(name, Attribute(name, value));
                        break;
                }
            }
            catch (FlakeException failure)
                when (failure.AddTrace($"while evaluating flake attribute '{name}'"))
            {
                throw;
            }
        }

        input = input with { Reference = Reference(input, attributes, url, declared.Position) };
        return input is { Reference: not null, Follows: not null }
            ? throw new FlakeException(
                $"flake input has both a flake reference and a follows attribute, at {declared.Position}"
            )
            : input;
    }

    private static FlakeReference? Reference(
        FlakeInput input,
        InputAttributes attributes,
        string? url,
        Position position
    )
    {
        if (attributes.Contains("type"))
            return FlakeReference.Of(url is null ? attributes : attributes.With("url", url));
        foreach (var (name, _) in attributes)
            throw new FlakeException($"unexpected flake input attribute '{name}', at {position}");
        return url is null
            ? null
            : FlakeReference.Parse(
                url,
                new FlakeReferenceOptions
                {
                    AllowsMissing = true,
                    IsFlake = input.IsFlake,
                    KeepsRelativePaths = true,
                }
            );
    }

    private string Url(DeclaredValue value)
    {
        if (value.IsText)
            return value.Text;
        if (!value.IsTrivial || !value.Value.IsPath)
            throw new FlakeException(
                $"expected a string or a path but got {value.TypeName} at {value.Position}"
            );
        return "path:" + FlakeReader.MakeRelative(folder, value.Value.AsPath.ToString());
    }

    private static InputAttribute Attribute(string name, DeclaredValue declared)
    {
        var value = declared.IsTrivial ? declared.Value : default;
        if (declared.IsText)
            return declared.Text;
        if (declared.IsTrivial && value.IsBoolean)
            return value.AsBoolean;
        if (declared.IsTrivial && value.IsInteger)
            return value.AsInteger >= 0
                ? (ulong)value.AsInteger
                : throw EvaluationException.Failed(
                    $"negative value given for flake input attribute {name}: {value.AsInteger}"
                );
        var hint = new Hint(0, 0);
        hint.AppendLiteral("flake input attribute '");
        hint.AppendFormatted(name);
        hint.AppendLiteral("' is ");
        hint.AppendFormatted(declared.TypeName);
        hint.AppendLiteral(" while a string, Boolean, or integer is expected");
        throw EvaluationException.WrongType(hint);
    }
}
