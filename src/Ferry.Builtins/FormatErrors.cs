using Ferry.Evaluation;
using Ferry.Formats;

namespace Ferry.Builtins;

/// <summary>Text that a program gave and that is not in one of Nix's formats is the program's failure.</summary>
internal static class FormatErrors
{
    /// <exception cref="EvaluationException">In place of a <see cref="BadFormatException"/>.</exception>
    public static T Explain<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (BadFormatException failure)
        {
            throw EvaluationException.From(failure, failure.Message);
        }
    }
}
