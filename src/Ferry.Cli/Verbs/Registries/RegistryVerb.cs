using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Fetching.Registries;
using Ferry.Flakes.References;

namespace Ferry.Cli.Verbs.Registries;

/// <summary>A command that changes a registry file: the user's own, or the one that an option names.</summary>
internal abstract class RegistryVerb : Verb
{
    private string? _file;

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Value(
            "--registry",
            "FILE",
            "the registry to change, in place of the user's",
            text => _file = text
        );

    /// <summary>Reads the registry, changes it, and writes it back.</summary>
    protected void Change(Session session, Func<Registry, Registry> change)
    {
        var file = _file is null
            ? session.Fetching.Fetcher.Settings.UserRegistryFile!
            : System.IO.Path.GetFullPath(_file, session.WorkingDirectory);
        change(Registry.Read(RegistryKind.User, file, session.Warn)).Write(file);
    }

    // A registry is the same wherever one stands, so it takes no relative paths.
    protected static FlakeReference Reference(string text) =>
        FlakeReference.Parse(text, new FlakeReferenceOptions { AllowsMissing = true });

    /// <exception cref="UsageException">There are fewer or more.</exception>
    protected static void CheckCount(
        Session session,
        IReadOnlyList<string> operands,
        int least,
        int most
    )
    {
        if (operands.Count < least)
            throw session.Usage("more arguments are required");
        if (operands.Count > most)
            throw session.Usage($"unexpected argument '{operands[most]}'");
    }
}
