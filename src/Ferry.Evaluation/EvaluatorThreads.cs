using System.Runtime.ExceptionServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Observation;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation;

public sealed partial class Evaluator
{
    // 4 GiB is refused; the kernel commits pages only when they are touched.
    private const int StackBytes = 2047 << 20;

    /// <summary>Runs something on a thread with a stack deep enough for any program that stock evaluates.</summary>
    /// <remarks>
    /// All evaluation happens inside. Exceptions come out as they were thrown. Where helpers took part and a failure came
    /// out, the action runs again without them, from unread files on: so it must not depend on having run before.
    /// </remarks>
    public T Run<T>(Func<T> action)
    {
        T result = default!;
        Run(() =>
        {
            result = action();
        });
        return result;
    }

    /// <summary><see cref="Run{T}"/> without a result.</summary>
    public void Run(Action action)
    {
        if (Settings.Cores < 2 || CallObserver is not null || Debugging is not null)
        {
            Start(action)()?.Throw();
            return;
        }
        using var helpers = new Helpers(this, Settings.Cores - 1);
        var firstSymbol = Symbols.Table.Count;
        _reports.Begin();
        var failure = Start(() => RunWithHelpers(action, helpers))();
        if (failure?.SourceException is EvaluationException known && helpers.HasStarted)
            failure = known.Kind == EvaluationErrorKind.Interrupted ? failure : RunAgain();
        failure?.Throw();

        ExceptionDispatchInfo? RunAgain()
        {
            ForgetFiles();
            Symbols.Table.RankAnew(firstSymbol);
            _reports.BeginAgain();
            return Start(action)();
        }
    }

    private static void RunWithHelpers(Action action, Helpers helpers)
    {
        Ahead.Join(helpers);
        try
        {
            action();
        }
        finally
        {
            helpers.End();
        }
    }

    /// <summary>Starts a thread that helps.</summary>
    /// <returns>Waits for its end.</returns>
    internal Action StartHelper(Action action)
    {
        var wait = Start(action);
        return () => wait()?.Throw();
    }

    /// <summary>Forces values on several threads at once; returns when all are there or one has failed.</summary>
    /// <exception cref="EvaluationException">The failure of the first value, in their order, that failed.</exception>
    public void ForceParallel(IReadOnlyList<Value> values, int threads)
    {
        var failures = new ExceptionDispatchInfo?[values.Count];
        var next = -1;
        void Work()
        {
            Trail.ForgetFailures();
            int index;
            while ((index = Interlocked.Increment(ref next)) < values.Count)
                failures[index] = TryForce(values[index]);
        }

        // From here on claims are interlocked; before the first thread starts and after the last has ended they need not be.
        Interlocked.Increment(ref Cell.ParallelThreads);
        try
        {
            var running = new Func<ExceptionDispatchInfo?>[threads];
            for (var index = 0; index < threads; index++)
                running[index] = Start(Work);
            foreach (var wait in running)
                wait()?.Throw();
        }
        finally
        {
            Interlocked.Decrement(ref Cell.ParallelThreads);
        }
        Array.Find(failures, failure => failure is not null)?.Throw();
    }

    /// <summary>Ends all evaluation in the process soon, with an exception of kind Interrupted. Any thread may call.</summary>
    public static void Interrupt() => ThreadBlock.Interrupt(true);

    /// <summary>Lets evaluation start again after <see cref="Interrupt"/>.</summary>
    public static void Resume() => ThreadBlock.Interrupt(false);

    private static ExceptionDispatchInfo? TryForce(Value value)
    {
        var mark = Trail.Mark();
        try
        {
            value.Force();
            return null;
        }
        catch (EvaluationException failure)
        {
            Trail.Unwind(mark, failure);
            return ExceptionDispatchInfo.Capture(failure);
        }
    }

    // Answers with a function that waits for the end.
    private Func<ExceptionDispatchInfo?> Start(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    ThreadBlock.PrepareThread(StackBytes, Settings.CallDepthMax);
                    CallObservation.Attach(CallObserver);
                    action();
                }
                catch (Exception exception)
                {
                    Trail.Abandon(default);
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
                finally
                {
                    ThreadBlock.ReleaseThread();
                }
            },
            StackBytes
        )
        {
            Name = "evaluation",
        };
        thread.Start();
        return () =>
        {
            thread.Join();
            return failure;
        };
    }
}
