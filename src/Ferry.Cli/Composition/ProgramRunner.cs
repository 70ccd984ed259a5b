using System.Text;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Emulation.Running;
using Ferry.Platform.Files;
using Ferry.Platform.Processes;
using Ferry.Platform.Sandbox;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>Starts programs for a person: in place, with the store mapped, or through an emulator.</summary>
internal sealed class ProgramRunner(Session session)
{
    // What execvp searches where there is no PATH.
    private const string DefaultSearchPath = "/bin:/usr/bin";

    /// <summary>Becomes the program. Returns only by an exception.</summary>
    /// <exception cref="CommandException">There is no such program.</exception>
    public ExitCode Run(ProgramCall call)
    {
        var variables = call.Variables ?? session.Options.Environment.Variables;
        var path =
            Find(call.Program, variables)
            ?? throw new CommandException(
                $"unable to execute '{call.Program}': No such file or directory"
            );
        var location = session.Site.Location;
        var program = new PersonalProgram
        {
            Program = path,
            Arguments = [.. call.Arguments.Prepend(call.Name ?? call.Program).Select(Bytes)],
            Environment = [.. variables.Select(pair => Bytes($"{pair.Key}={pair.Value}"))],
            WorkingDirectory = call.WorkingDirectory ?? session.WorkingDirectory,
            LogicalStore = location.Directory.Path,
            RealStore = location.RealDirectory,
            Emulators = EmulatorsFor(path, call.System),
        };

        session.EndProgress();
        session.Dispose();
        if (PersonalSandbox.IsNeedless(program))
        {
            if (call.WorkingDirectory is { } folder)
                Environment.CurrentDirectory = folder;
            ProcessReplacement.Execute(path, program.Arguments, program.Environment);
        }
        else
            SandboxProcess.Replace(PersonalSandbox.Describe(program));

        throw new System.Diagnostics.UnreachableException("the program was started and is not");
    }

    /// <summary>Looks a program up as a shell would, among the files that it will see.</summary>
    /// <param name="name">A path, which is taken as it is, or a name.</param>
    /// <param name="variables">Of the program.</param>
    /// <returns>Null when there is none.</returns>
    public string? Find(string name, IReadOnlyDictionary<string, string> variables)
    {
        if (name.Contains('/'))
            return Path.GetFullPath(name, session.WorkingDirectory);
        return variables
            .GetValueOrDefault("PATH", DefaultSearchPath)
            .Split(':')
            .Select(folder =>
                Path.Combine(Path.GetFullPath(folder, session.WorkingDirectory), name)
            )
            .FirstOrDefault(IsProgram);
    }

    private bool IsProgram(string path) =>
        session.Files.Follow(path) is { Kind: FileKind.Regular } file
        && FileStatus.Get(file.RealPath).IsExecutable;

    private List<EmulatorRegistration> EmulatorsFor(string path, string? otherSystem)
    {
        var inspected = new ProgramInspector(name => session.Files.Real(name) ?? name).Inspect(
            path
        );
        if (inspected.Architecture is not { Systems: [var system, ..] systems })
            throw new CommandException($"'{path}' is a program for a machine that has no emulator");
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        if (!systems.Any(session.Emulators.RunsNatively))
            wanted.Add(system);
        if (
            otherSystem is not null
            && !session.Emulators.RunsNatively(otherSystem)
            && session.Emulators.CanEmulate(otherSystem)
        )
            wanted.Add(otherSystem);
        foreach (var name in wanted)
        {
            if (session.Emulators.Requirement(name) is { } requirement)
                session.Builds.Build([new Target(requirement)], BuildMode.Normal);
        }

        return [.. wanted.SelectMany(session.Emulators.Registrations)];
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
