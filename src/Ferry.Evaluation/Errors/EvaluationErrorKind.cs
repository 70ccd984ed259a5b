namespace Ferry.Evaluation.Errors;

/// <summary>What sort of mistake it was; stock's classes of error.</summary>
public enum EvaluationErrorKind
{
    /// <summary>Any failure without a class of its own.</summary>
    Failed,
    WrongType,
    Thrown,
    Assertion,
    Aborted,
    UndefinedVariable,
    MissingArgument,
    InfiniteRecursion,
    StackOverflow,
    OutOfMemory,
    Syntax,
    Interrupted,

    /// <summary>No failure of the program; never leaves <see cref="Evaluator.Run{T}"/>.</summary>
    NeedsOneThread,
}
