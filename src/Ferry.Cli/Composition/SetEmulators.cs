using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ferry.Build;
using Ferry.Build.Sandbox;
using Ferry.Emulation;
using Ferry.Formats;
using Ferry.Platform.Sandbox;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>Emulators from the package set: QEMU's static programs for this machine, fetched when a build or a person needs one.</summary>
internal sealed class SetEmulators(Session session) : IEmulatorProvider
{
    private readonly Emulators _emulators = new(Machine.Current);
    private readonly ConcurrentDictionary<string, DerivedPath.Built> _requirements = new(
        StringComparer.Ordinal
    );

    public bool CanEmulate(string system) =>
        _emulators.Support(system) == Emulation.SystemSupport.Emulated;

    /// <summary>The processor runs the system's programs by itself.</summary>
    public bool RunsNatively(string system) =>
        _emulators.Support(system)
            is Emulation.SystemSupport.Native
                or Emulation.SystemSupport.Native32;

    public DerivedPath? Requirement(string system) =>
        _emulators.UsesHostRegistration(system) ? null : _requirements.GetOrAdd(system, Evaluate);

    public PreparedEmulator Prepare(string system)
    {
        try
        {
            return new($"qemu-{Emulators.QemuName(system)}", Registrations(system));
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
        var built = _requirements.GetOrAdd(system, Evaluate);
        var output = session
            .Store.ReadDerivation(built.Derivation)
            .OutputPath(session.Store.Paths, "out");
        var program = $"{session.Store.RealPath(output)}/bin/qemu-{Emulators.QemuName(system)}";
        return _emulators.Register(system, program);
    }

    private DerivedPath.Built Evaluate(string system)
    {
        var path = session.Evaluation.Run(site =>
        {
            var set = site.PackageSetFolder();
            var text =
                $"((import {set}/bootstrap {{ buildSystem = \"{session.Options.System}\"; }}).qemuUserFor \"{system}\").drvPath";
            var value = site.Text(text).Force();
            return site.Evaluator.Store.Directory.Parse(value.AsString.ToString());
        });
        return new DerivedPath.Built(path, ImmutableSortedSet.Create<ByteString>("out"));
    }
}
