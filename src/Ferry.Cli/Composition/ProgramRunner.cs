using System.Text;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Emulation.Running;
using Ferry.Platform.Processes;
using Ferry.Platform.Sandbox;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>Starts programs from the store for a person: in place, with the store mapped, or through an emulator.</summary>
internal sealed class ProgramRunner(Session session)
{
    /// <summary>Becomes the program. Returns only by an exception.</summary>
    /// <param name="path">As the program will see itself, below the logical store.</param>
    /// <param name="arguments">Without <c>argv[0]</c>.</param>
    /// <param name="variables">On top of the person's own.</param>
    public ExitCode Run(
        string path,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>>? variables = null
    )
    {
        var environment = new Dictionary<string, string>(
            session.Options.Environment.Variables,
            StringComparer.Ordinal
        );
        foreach (var (name, value) in variables ?? [])
            environment[name] = value;
        var location = session.Site.Location;
        var program = new PersonalProgram
        {
            Program = path,
            Arguments = [.. arguments.Prepend(path).Select(Bytes)],
            Environment = [.. environment.Select(pair => Bytes($"{pair.Key}={pair.Value}"))],
            WorkingDirectory = session.WorkingDirectory,
            LogicalStore = location.Directory.Path,
            RealStore = location.RealDirectory,
            Emulators = EmulatorsFor(path),
        };

        session.Dispose();
        if (PersonalSandbox.IsNeedless(program))
            ProcessReplacement.Execute(path, program.Arguments, program.Environment);
        else
            SandboxProcess.Replace(PersonalSandbox.Describe(program));
        throw new System.Diagnostics.UnreachableException("the program was started and is not");
    }

    private IReadOnlyList<EmulatorRegistration> EmulatorsFor(string path)
    {
        var inspected = new ProgramInspector(RealPath).Inspect(path);
        if (inspected.Architecture is not { Systems: [var system, ..] systems })
            throw new CommandException($"'{path}' is a program for a machine that has no emulator");
        if (systems.Any(session.Emulators.RunsNatively))
            return [];
        if (session.Emulators.Requirement(system) is { } requirement)
            session.Builds.Build([new Target(requirement)], BuildMode.Normal);
        return session.Emulators.Registrations(system);
    }

    private string RealPath(string path)
    {
        var directory = session.Site.Directory;
        if (!directory.Contains(path))
            return path;
        var (storePath, below) = directory.Split(path);
        return session.Store.RealPath(storePath) + below;
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
