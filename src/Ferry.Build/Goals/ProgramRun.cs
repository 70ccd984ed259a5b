using Ferry.Build.Logs;
using Ferry.Build.Sandbox;
using Ferry.Build.Sandbox.Linux;
using Ferry.Platform;
using Ferry.Platform.Processes;

namespace Ferry.Build.Goals;

/// <summary>What a builder that is a program is given to run with.</summary>
/// <param name="User">Who it is on the host.</param>
/// <param name="Scratch">Where its outputs are to be found afterwards.</param>
/// <param name="Directory">Its build directory.</param>
/// <param name="Log">Gets its output.</param>
internal sealed record ProgramRunParts(
    BuildUser User,
    ScratchStore Scratch,
    BuildDirectory Directory,
    BuildLog Log
);

/// <summary>Runs a builder that is a program: in its sandbox, or on the machine as it is where a person has chosen that.</summary>
internal sealed class ProgramRun(BuildServices services, ReadyStep ready, ProgramRunParts parts)
{
    private const string NoHome = "/homeless-shelter";

    private readonly string _derivationPath = services.Store.Directory.Format(ready.Step.Path);

    /// <summary>Whether a derivation is built without a sandbox.</summary>
    /// <exception cref="BuildException">It asks for that, and it is not allowed.</exception>
    public static bool IsOutside(BuildServices services, BuildStep step)
    {
        var use = services.Settings.SandboxUse;
        if (step.Options.WantsNoSandbox && use == SandboxUse.Always)
        {
            throw BuildException.Rejected(
                $"derivation '{services.Store.Directory.Format(step.Path)}' has '__noChroot' set, "
                    + "but that's not allowed when 'sandbox' is 'true'"
            );
        }

        return !step.Derivation.IsBuiltin
            && !services.Support.NeedsEmulator(step)
            && services.Store.RealPath(step.Path) == services.Store.Directory.Format(step.Path)
            && (
                use == SandboxUse.Never
                || (
                    use == SandboxUse.Relaxed
                    && (step.Options.WantsNoSandbox || step.Derivation.IsFixedOutput)
                )
            );
    }

    /// <exception cref="BuildException">Nobody may be the builder's user.</exception>
    public static BuildUser OutsideUser(BuildSettings settings) =>
        !UserIdentity.IsRoot || UserIdentity.IsLonelyRoot || settings.BuildsAsRoot
            ? BuildUser.Caller
            : throw BuildException.General(
                "building without a sandbox as root would run builders as root; "
                    + "build as another user, or set 'build-users-group' to nothing to allow it"
            );

    /// <exception cref="BuildException">A limit was reached, or the sandbox cannot be made.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public ProcessExit RunSandboxed(CancellationToken cancellationToken)
    {
        var place = Place(BuilderEnvironment.Of(ready, services.Store, services.Settings));
        return Run(
            BuildSandbox.Describe(ready, services.Store, place, services.Settings),
            cancellationToken
        );
    }

    /// <inheritdoc cref="RunSandboxed"/>
    public ProcessExit RunOutside(CancellationToken cancellationToken)
    {
        if (Directory.Exists(NoHome))
        {
            throw BuildException.General(
                $"home directory '{NoHome}' exists; "
                    + "please remove it to assure purity of builds without sandboxing"
            );
        }

        using var outputs = new OutsideOutputs(services.Store, ready.Step);
        var environment = BuilderEnvironment.Of(
            ready,
            services.Store,
            services.Settings,
            new OutsideView(parts.Directory.Build, outputs.StandIns)
        );
        var exit = Run(
            BuildSandbox.DescribeBare(ready, Place(environment), services.Settings),
            cancellationToken
        );
        if (exit.IsSuccess)
            outputs.MoveTo(parts.Scratch);
        return exit;
    }

    private BuildPlace Place(BuilderEnvironment environment)
    {
        parts.User.Own(parts.Directory.Build);
        foreach (var (name, content) in environment.Files)
            parts.Directory.Write(name, content, parts.User);
        return new BuildPlace(
            parts.User,
            parts.Directory,
            parts.Scratch,
            environment,
            services.Support.Prepare(ready.Step)
        );
    }

    private ProcessExit Run(
        Platform.Sandbox.SandboxSpecification specification,
        CancellationToken cancellationToken
    ) =>
        new SandboxRun(services.Settings, _derivationPath, parts.Log).Run(
            specification,
            cancellationToken
        );
}
