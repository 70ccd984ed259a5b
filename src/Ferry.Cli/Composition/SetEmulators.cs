using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ferry.Build;
using Ferry.Build.Sandbox;
using Ferry.Emulation;
using Ferry.Formats;
using Ferry.Platform.Sandbox;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>
/// Emulators from the package set: QEMU's static programs for this machine, and static shells of the emulated systems,
/// fetched when a build or a person needs one.
/// </summary>
internal sealed class SetEmulators(Session session) : IEmulatorProvider
{
    private readonly Emulators _emulators = new(Machine.Current);
    private readonly ConcurrentDictionary<string, DerivedPath.Built> _emulatorsOfSet = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<string, DerivedPath.Built?> _shells = new(
        StringComparer.Ordinal
    );

    public bool CanEmulate(string system) =>
        _emulators.Support(system) == Emulation.SystemSupport.Emulated
        && (_emulators.UsesHostRegistration(system) || session.PackageSet.HasSystem(system));

    /// <summary>The processor runs the system's programs by itself.</summary>
    public bool RunsNatively(string system) =>
        _emulators.Support(system)
            is Emulation.SystemSupport.Native
                or Emulation.SystemSupport.Native32;

    public DerivedPath? Requirement(string system) =>
        _emulators.UsesHostRegistration(system) ? null : EmulatorOf(system);

    /// <summary>Null for a system without pinned packages, which only a registration of the host can run.</summary>
    public DerivedPath? ShellRequirement(string system) => ShellOf(system);

    public PreparedEmulator Prepare(string system)
    {
        try
        {
            return new($"qemu-{Emulators.QemuName(system)}", Registrations(system))
            {
                SandboxShell = ShellOf(system) is { } shell ? $"{RealOutput(shell)}/bin/sh" : null,
            };
        }
        catch (EmulationException failure)
        {
            throw BuildException.General(failure.Message, failure);
        }
    }

    /// <summary>What a sandbox needs to run the system's programs. The requirement must be valid by now.</summary>
    public IReadOnlyList<EmulatorRegistration> Registrations(string system)
    {
        if (_emulators.UsesHostRegistration(system))
            return _emulators.Register(system, hostInterpreter: "");
        var program = $"{RealOutput(EmulatorOf(system))}/bin/qemu-{Emulators.QemuName(system)}";
        return _emulators.Register(system, program);
    }

    private DerivedPath.Built EmulatorOf(string system) =>
        _emulatorsOfSet.GetOrAdd(system, name => Evaluate($"qemuUserFor \"{name}\"")!);

    private DerivedPath.Built? ShellOf(string system) =>
        _shells.GetOrAdd(
            system,
            name => Evaluate($"shellFor \"{name}\"", $"debian.architectures ? {name}")
        );

    private string RealOutput(DerivedPath.Built built)
    {
        var output = session
            .Store.ReadDerivation(built.Derivation)
            .OutputPath(session.Store.Paths, "out");
        return session.Store.RealPath(output);
    }

    /// <param name="package">A derivation among what packages/bootstrap gives.</param>
    /// <param name="condition">Of the same; where it is false there is no such derivation.</param>
    /// <returns>Null when the condition is false.</returns>
    private DerivedPath.Built? Evaluate(string package, string condition = "true")
    {
        var path = session.Evaluation.Run(site =>
        {
            var text =
                $"with import {site.PackageSetFolder()}/bootstrap {{ buildSystem = \"{session.Options.System}\"; }}; "
                + $"if {condition} then ({package}).drvPath else null";
            var value = site.Text(text).Force();
            return value.IsNull
                ? null
                : site.Evaluator.Store.Directory.Parse(value.AsString.ToString());
        });
        return path is null
            ? null
            : new DerivedPath.Built(path, ImmutableSortedSet.Create<ByteString>("out"));
    }
}
