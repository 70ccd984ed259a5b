using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-channel OPERATION ARGUMENT...</c>: the channels that a person follows.</summary>
internal sealed class NixChannelVerb : Verb
{
    private Func<Session, IReadOnlyList<string>, ExitCode>? _operation;

    public override string Path => "nix-channel";

    public override string Summary => "follow channels: archives of expressions that change";

    public override string Operands => "OPERATION ARGUMENT...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        void Operation(
            string name,
            string summary,
            Func<Session, IReadOnlyList<string>, ExitCode> run
        ) => options.Switch(name, summary, () => _operation = run);

        Operation("--add", "follow a channel: URL [NAME]", Add);
        Operation("--remove", "follow a channel no more: NAME", Remove);
        Operation("--list", "list the channels", List);
        Operation("--update", "fetch channels: [NAME...]", Update);
        Operation("--list-generations", "list what was fetched when", ListGenerations);
        Operation("--rollback", "go back to what was fetched before: [GENERATION]", RollBack);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands) =>
        _operation is null
            ? throw session.Usage("no command specified")
            : _operation(session, operands);

    private static ExitCode Add(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count is not (1 or 2))
            throw session.Usage("'--add' requires one or two arguments");
        var file = new ProfilePlaces(session).ChannelList;
        var list = ChannelList.Read(file);
        list.Add(operands[0], operands.Count > 1 ? operands[1] : null);
        list.Write(file);
        return ExitCode.Success;
    }

    private static ExitCode Remove(Session session, IReadOnlyList<string> operands)
    {
        if (operands is not [var name])
            throw session.Usage("'--remove' requires one argument");
        var file = new ProfilePlaces(session).ChannelList;
        var list = ChannelList.Read(file);
        list.Channels.Remove(name);
        list.Write(file);
        return new PackageOperations(new PackageSource()).Uninstall(
            session,
            Channels(session),
            [name]
        );
    }

    private static ExitCode List(Session session, IReadOnlyList<string> operands)
    {
        RequireNone(session, operands, "--list");
        foreach (
            var (name, url) in ChannelList.Read(new ProfilePlaces(session).ChannelList).Channels
        )
            session.Output.WriteLine($"{name} {url}");
        return ExitCode.Success;
    }

    private static ExitCode Update(Session session, IReadOnlyList<string> operands)
    {
        new ChannelUpdate(session).Run(operands);
        return ExitCode.Success;
    }

    private static ExitCode ListGenerations(Session session, IReadOnlyList<string> operands)
    {
        RequireNone(session, operands, "--list-generations");
        return ProfileOperations.List(session, Channels(session), []);
    }

    private static ExitCode RollBack(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 1)
            throw session.Usage("'--rollback' has at most one argument");
        var operations = new ProfileOperations(() => false);
        return operands.Count == 1
            ? operations.Switch(session, Channels(session), operands)
            : operations.RollBack(session, Channels(session), operands);
    }

    private static Profile Channels(Session session) => new(new ProfilePlaces(session).Channels);

    private static void RequireNone(
        Session session,
        IReadOnlyList<string> operands,
        string operation
    )
    {
        if (operands.Count > 0)
            throw session.Usage($"'{operation}' expects no arguments");
    }
}
