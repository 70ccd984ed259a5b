using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Writes a value as files: a string is a file, a set a folder of its attributes (<c>eval --write-to</c>).</summary>
internal sealed class ValueFiles(string workingDirectory)
{
    /// <param name="value">On the evaluation thread.</param>
    /// <param name="path">Where; nothing may be there yet.</param>
    /// <exception cref="CommandException">Something is there.</exception>
    /// <exception cref="EvaluationException">A part failed, or is neither string nor set.</exception>
    public void Write(Value value, string path)
    {
        var absolute = Path.GetFullPath(path, workingDirectory);
        if (Path.Exists(absolute))
            throw new CommandException($"path '{absolute}' already exists");
        Write(value, absolute, Position.None);
    }

    private static void Write(Value value, string path, Position position)
    {
        var forced = value.Force(position);
        if (forced.IsString)
        {
            File.WriteAllBytes(path, forced.AsString.Bytes.ToArray());
            return;
        }

        if (!forced.IsAttributeSet)
            throw EvaluationException.WrongType(
                $"value at '{path}' is not a string or an attribute set",
                position
            );
        Directory.CreateDirectory(path);
        var set = forced.AsAttributeSet;
        foreach (var index in set.NameOrder())
        {
            var name = set.SymbolAt(index).ToString();
            if (name is "" or "." or ".." || name.Contains('/'))
                throw EvaluationException.Failed($"invalid file name '{name}'");
            try
            {
                Write(set[index], Path.Combine(path, name), set.PositionAt(index));
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(
                        set.PositionAt(index),
                        $"while evaluating the attribute '{name}'"
                    )
                )
            {
                throw;
            }
        }
    }
}
