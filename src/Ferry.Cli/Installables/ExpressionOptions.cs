using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Installables;

/// <summary><c>--file</c>, <c>--expr</c> and the arguments for functions at the top.</summary>
internal sealed class ExpressionOptions
{
    /// <summary>Null when not given; <c>-</c> is standard input.</summary>
    public string? File { get; private set; }

    public string? Text { get; private set; }

    public bool IsGiven => File is not null || Text is not null;

    /// <summary>In order: name, text, and whether the text is an expression or a string.</summary>
    public List<FunctionArgument> Arguments { get; } = [];

    public void Declare(OptionTable options, SessionOptions shared)
    {
        options.Value(
            "--file -f",
            "FILE",
            "take attributes of this file's value; implies --impure",
            text =>
            {
                File = text;
                shared.IsImpure = true;
            }
        );
        options.Value(
            "--expr",
            "EXPRESSION",
            "take attributes of this expression's value",
            text => Text = text
        );
        DeclareArguments(options);
        shared.DeclareDebugger(options);
    }

    public void DeclareArguments(OptionTable options)
    {
        options.Pair(
            "--arg",
            "NAME",
            "EXPRESSION",
            "pass an expression to the function at the top",
            (name, text) => Arguments.Add(new(name, text, IsExpression: true))
        );
        options.Pair(
            "--argstr",
            "NAME",
            "STRING",
            "pass a string to the function at the top",
            (name, text) => Arguments.Add(new(name, text, IsExpression: false))
        );
        options.Pair(
            "--arg-from-file",
            "NAME",
            "FILE",
            "pass the contents of a file to the function at the top",
            (name, file) =>
                Arguments.Add(new(name, System.IO.File.ReadAllText(file), IsExpression: false))
        );
        options.Value(
            "--arg-from-stdin",
            "NAME",
            "pass the contents of standard input to the function at the top",
            name => Arguments.Add(new(name, Console.In.ReadToEnd(), IsExpression: false))
        );
    }
}

internal sealed record FunctionArgument(string Name, string Text, bool IsExpression);
