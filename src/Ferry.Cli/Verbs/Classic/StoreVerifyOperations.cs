using Ferry.Cli.Composition;
using Ferry.Cli.Progress;
using Ferry.Cli.Verbs.Store;
using Ferry.Store.Closures;
using Ferry.Store.Local.Verification;

namespace Ferry.Cli.Verbs.Classic;

/// <summary>The operations of <c>nix-store</c> that check what is there.</summary>
internal static class StoreVerifyOperations
{
    public static ExitCode Verify(Session session, bool checksContents)
    {
        var report = new VerificationReport(
            session.Note,
            message => session.Note(ErrorText.Of(message, session.UsesColour))
        );
        return new StoreVerifier(session.Site.Store, report).Run(
            checksContents,
            session.Interruption
        )
            ? ExitCode.Success
            : ExitCode.Failure;
    }

    public static ExitCode VerifyPaths(Session session, IReadOnlyList<string> operands)
    {
        var code = ExitCode.Success;
        foreach (var operand in operands)
        {
            var path = StoreOperand.Parse(session, operand);
            if (
                StoreVerifyVerb.Describe(session.Store, session.Store.RequireInfo(path))
                is not { } problem
            )
                continue;
            session.Note(ErrorText.Of(problem, session.UsesColour));
            code = ExitCode.Failure;
        }

        return code;
    }
}
