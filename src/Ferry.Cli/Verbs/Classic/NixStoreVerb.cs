using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-store OPERATION [OPTION]... PATH...</c>. The operation is an option and may stand anywhere.</summary>
internal sealed class NixStoreVerb : Verb
{
    private readonly StoreQueryOptions _query = new();
    private readonly StoreRealiseOptions _realise = new();
    private readonly StoreCollectionOptions _collection = new();
    private Func<Session, IReadOnlyList<string>, ExitCode>? _operation;
    private bool _checksContents;
    private bool _printsInvalid;
    private bool _isRecursive;
    private bool _registersAgain;
    private bool _isHashGiven;

    public override string Path => "nix-store";

    public override string Summary => "work on the store with stock's old command";

    public override string Operands => "OPERATION PATH...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        DeclareOperations(options);
        _query.Declare(options);
        _realise.Declare(options);
        _collection.Declare(options);
        options.Switch("--check-contents", "verify hashes as well", () => _checksContents = true);
        options.Switch(
            "--print-invalid",
            "print paths that are not valid",
            () => _printsInvalid = true
        );
        options.Switch(
            "--recursive",
            "as a tree, not as one file (--add-fixed, --print-fixed-path)",
            () => _isRecursive = true
        );
        options.Switch(
            "--reregister",
            "paths that are valid as well (--register-validity)",
            () => _registersAgain = true
        );
        options.Switch(
            "--hash-given",
            "hashes and sizes are in the input (--register-validity)",
            () => _isHashGiven = true
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (_operation is null)
            throw UsageException.Because(Path, "no operation specified");
        return _operation(session, operands);
    }

    private static ExitCode Open(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 0)
            throw session.Usage("no arguments expected");
        _ = session.Store.Directory;
        return ExitCode.Success;
    }

    private void DeclareOperations(OptionTable options)
    {
        void Operation(
            string names,
            string summary,
            Func<Session, IReadOnlyList<string>, ExitCode> run
        ) => options.Switch(names, summary, () => Choose(run));

        Operation("--init", "make the store's folders and database", Open);
        Operation("--realise --realize -r", "build or fetch paths", _realise.Run);
        Operation("--query -q", "ask the store", _query.Run);
        Operation(
            "--add",
            "add files to the store",
            (session, paths) => StoreFileOperations.Add(session, paths)
        );
        Operation(
            "--add-fixed",
            "add files by a hash: HASH PATH...",
            (session, words) => StoreFileOperations.AddFixed(session, words, _isRecursive)
        );
        Operation(
            "--print-fixed-path",
            "print the path of files with a hash: HASH-KIND HASH NAME",
            (session, words) => StoreFileOperations.PrintFixedPath(session, words, _isRecursive)
        );
        Operation("--gc", "delete what nothing needs", _collection.Collect);
        Operation("--delete", "delete paths that nothing needs", _collection.Delete);
        Operation("--dump", "write a path as NAR", StoreFileOperations.Dump);
        Operation("--restore", "unpack a NAR from standard input", StoreFileOperations.Restore);
        Operation(
            "--verify",
            "check the store",
            (session, _) => StoreVerifyOperations.Verify(session, _checksContents)
        );
        Operation(
            "--verify-path",
            "check the contents of paths",
            StoreVerifyOperations.VerifyPaths
        );
        Operation("--check-validity", "check that paths are valid", CheckValidity);
        Operation("--read-log -l", "print the log of a build", ReadLog);
        Operation("--dump-db", "print what is registered", StoreDatabaseOperations.Dump);
        Operation(
            "--load-db",
            "register what --dump-db printed",
            (session, operands) =>
                StoreDatabaseOperations.Load(session, operands, LoadOptions.Database)
        );
        Operation(
            "--register-validity",
            "register paths that are there",
            (session, operands) =>
                StoreDatabaseOperations.Load(
                    session,
                    operands,
                    new LoadOptions(_registersAgain, _isHashGiven, Canonicalises: true)
                )
        );
        Operation(
            "--print-env",
            "print the environment of a derivation",
            StoreQueryOptions.PrintEnvironment
        );
    }

    private void Choose(Func<Session, IReadOnlyList<string>, ExitCode> run)
    {
        if (_operation is not null)
            throw UsageException.Because(Path, "only one operation may be specified");
        _operation = run;
    }

    private ExitCode CheckValidity(Session session, IReadOnlyList<string> operands)
    {
        foreach (var path in operands.Select(operand => StoreOperand.Parse(session, operand)))
        {
            if (session.Store.IsValid(path))
                continue;
            var text = session.Store.Directory.Format(path);
            if (!_printsInvalid)
                throw new CommandException($"path '{text}' is not valid");
            session.Output.WriteLine(text);
        }

        return ExitCode.Success;
    }

    private static ExitCode ReadLog(Session session, IReadOnlyList<string> operands)
    {
        foreach (var operand in operands)
        {
            var path = StoreOperand.Parse(session, operand);
            using var log = session.Builds.OpenLog(StoreOperand.ToTarget(path));
            if (log is null)
            {
                throw new CommandException(
                    $"build log of derivation '{session.Store.Directory.Format(path)}' is not available"
                );
            }

            session.WriteAll(log);
        }

        return ExitCode.Success;
    }
}
