using System.Runtime.CompilerServices;

namespace Ferry.Evaluation.Memory;

/// <summary>The frames of <c>a: b: …</c> while all arguments are passed at once; see <see cref="Frame.Leave"/>.</summary>
/// <remarks>Frames count only as long as they follow one another without anything in between.</remarks>
internal unsafe ref struct CurriedFrames
{
    private readonly ulong* _start;
    private ulong* _end;

    private CurriedFrames(ulong* start)
    {
        _start = start;
        _end = start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CurriedFrames Start() => new(Arena.Next);

    /// <summary>Notes the frame of a function that a call has just returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Value function)
    {
        if (
            function.IsLambda
            && Arena.At(function.LambdaFrame.Handle) == _end
            && Arena.Next == _end + 1 + function.LambdaFrame.Count
        )
            _end = Arena.Next;
    }

    /// <summary>Passes the result of the last call on, and takes the frames back where that is safe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Value Leave(Value result)
    {
        if (_end != _start && result.IsImmediate)
            Arena.GiveBack(_start, _end);
        return result;
    }
}
