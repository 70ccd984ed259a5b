using Ferry.Debian.Locks;

namespace Ferry.Debian.Fetching;

/// <summary>What became of a pin that has left the mirror. Once it is renewed, nothing that was evaluated before holds.</summary>
public enum PinRenewalState
{
    /// <summary>No pin was missed so far.</summary>
    Idle,

    /// <summary>New pins are written: everything is to be evaluated again.</summary>
    Renewed,

    /// <summary>There are no new pins; <see cref="PinRenewal.Refusal"/> says why.</summary>
    Refused,
}

/// <summary>Renews, once a run, the pins of this user when one of them has left the mirror.</summary>
/// <remarks>
/// A point release of Debian removes superseded files, so committed pins rot. Safe for all threads.
/// </remarks>
/// <param name="settings">Whether it may be done.</param>
/// <param name="pins">Where renewed ones go.</param>
/// <param name="set">Which pins there are.</param>
/// <param name="log">Takes lines for the person.</param>
public sealed class PinRenewal(
    DebianSettings settings,
    RenewedPins pins,
    IPinnedSet set,
    Action<string> log
)
{
    private readonly Lock _lock = new();
    private readonly PinResolver _resolver = new(settings, set, log);

    public PinRenewalState State { get; private set; }

    /// <summary>One error for the person; empty unless refused.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>Called once, on the thread that missed a pin, when <see cref="State"/> is no longer idle.</summary>
    public Action Settled { get; init; } = () => { };

    internal void Renew(PackageUnavailableException missing, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (State != PinRenewalState.Idle)
                return;
            try
            {
                Renew(missing.Package, missing, cancellationToken);
                State = PinRenewalState.Renewed;
            }
            catch (DebianException failure)
            {
                Refusal = $"{missing.Message}\n{failure.Message}";
                State = PinRenewalState.Refused;
            }

            Settled();
        }
    }

    private void Renew(
        PinnedPackage package,
        PackageUnavailableException missing,
        CancellationToken cancellationToken
    )
    {
        if (!settings.MayRenewPins)
            throw new DebianException(
                "this pin has left the mirror, and '--no-update-lock-file' forbids a new one; 'ferry packages refresh' renews the pins of a checkout"
            );
        log(
            $"warning: {package} has left the mirror ({missing.Reason}): looking for its successor"
        );
        var changes = package.IsSource
            ? RenewSources(package, cancellationToken)
            : RenewPackages(package, cancellationToken);
        foreach (var change in changes)
            log($"warning: new pin: {change}");
        log(
            $"warning: {changes.Count} {(changes.Count == 1 ? "pin was" : "pins were")} renewed for this user, in '{pins.Directory}'; "
                + "what is built from now on differs from what the committed pins give. "
                + "'ferry packages refresh' renews those of a checkout"
        );
    }

    private List<string> RenewPackages(PinnedPackage missing, CancellationToken cancellationToken)
    {
        var changes = new List<string>();
        foreach (var (architecture, renewed) in _resolver.ResolvePackages(cancellationToken))
        {
            var path = PinnedSetPaths.Lock(architecture);
            var before = PackageLock.Parse(pins.Current(path));
            var different = before.ChangesTo(renewed).ToList();
            if (different.Count == 0)
                continue;
            pins.Write(path, renewed.Format());
            changes.AddRange(different.Select(change => $"{change} ({architecture})"));
        }

        return changes.Count > 0 ? changes : throw NoSuccessor(missing);
    }

    private List<string> RenewSources(PinnedPackage missing, CancellationToken cancellationToken)
    {
        var before = set.SourcePins()
            .ToDictionary(path => path, path => SourcePin.Parse(pins.Current(path)));
        if (before.Values.All(pin => pin.Package != missing.Name))
            throw new DebianException(
                $"the package set has no pin of this source, so whoever wrote it must renew it: '{missing.Name}' stands beside 'fetchDebianSource'"
            );
        var renewed = _resolver.ResolveSources(
            before.Values.Distinct().ToList(),
            cancellationToken
        );
        var changes = new List<string>();
        foreach (var (path, pin) in before)
        {
            // A new packaging of the same archive changes no result: that is left to those who keep the set.
            if (!renewed.TryGetValue(pin, out var newer) || !pin.IsOtherFile(newer))
                continue;
            pins.Write(path, newer.Format());
            changes.Add($"source of {pin.Package}: {pin.Version} -> {newer.Version}");
        }

        return changes.Count > 0 ? changes : throw NoSuccessor(missing);
    }

    private static DebianException NoSuccessor(PinnedPackage missing) =>
        new(
            $"the mirror's own index names no other version of '{missing.Name}': it is being brought up to date, or lacks files; try again later or set 'debian-mirror' to another one"
        );
}
