using Ferry.Platform.Files;
using Ferry.Platform.Sandbox;

namespace Ferry.Emulation.Running;

/// <summary>A program that a person starts: it keeps the terminal, files, network and working directory.</summary>
public sealed record PersonalProgram
{
    /// <summary>As the program will be seen, absolute.</summary>
    public required string Program { get; init; }

    /// <summary>Includes <c>argv[0]</c>.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Arguments { get; init; }

    /// <summary>Entries <c>NAME=value</c>.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Where the programs believe the store to be, such as <c>/nix/store</c>.</summary>
    public required string LogicalStore { get; init; }

    /// <summary>Where it is; equal to <see cref="LogicalStore"/> when nothing needs to be mapped.</summary>
    public required string RealStore { get; init; }

    /// <summary>Emulators for the program and for whatever it starts.</summary>
    public IReadOnlyList<EmulatorRegistration> Emulators { get; init; } = [];
}

/// <summary>Describes the light sandbox of such a program: the host's own root with the store and the emulators added.</summary>
public static class PersonalSandbox
{
    /// <summary>True when the program can simply be executed: there is nothing to map and nothing to register.</summary>
    public static bool IsNeedless(PersonalProgram program) =>
        program.Emulators.Count == 0 && program.RealStore == program.LogicalStore;

    public static SandboxSpecification Describe(PersonalProgram program)
    {
        var (root, binds, unions) = MapStore(program.RealStore, program.LogicalStore);
        return new SandboxSpecification
        {
            Program = program.Program,
            Arguments = program.Arguments,
            Environment = program.Environment,
            WorkingDirectory = program.WorkingDirectory,
            Identity = SandboxIdentity.Caller,
            Root = root,
            Binds = binds,
            Unions = unions,
            Emulators = program.Emulators,
            HasDevices = false,
            HasOwnProcesses = false,
            HasNetwork = true,
            HasFixedAddresses = false,
            FiltersSystemCalls = false,
            Limits = [],
            Output = SandboxOutput.Inherited,
        };
    }

    private static (
        SandboxRoot Root,
        IReadOnlyList<SandboxBind> Binds,
        IReadOnlyList<SandboxUnion> Unions
    ) MapStore(string real, string logical)
    {
        if (real == logical)
            return (SandboxRoot.Host, [], []);

        var store = new SandboxBind(real, logical, SandboxAccess.AsOnHost);
        // Nothing can be mounted on a directory that is not there, nor may an ordinary user make it: then the root is put
        // together anew from everything that the host has in its own.
        if (!Directory.Exists(logical))
            return (SandboxRoot.Temporary, [.. HostEntries(logical), store], []);

        // The host has a store of its own there; on NixOS even its shell lies in it. Both are seen.
        return DirectoryListing.Read(logical).Count > 0
            ? (SandboxRoot.Host, [], [new SandboxUnion([real, logical], logical)])
            : (SandboxRoot.Host, [store], []);
    }

    // Where the host has a part of the store's path, say /nix, what lies beside the rest of it stays visible.
    private static IEnumerable<SandboxBind> HostEntries(string store)
    {
        var parts = store.Trim('/').Split('/');
        var directory = "/";
        foreach (var part in parts)
        {
            foreach (var name in DirectoryListing.Read(directory))
            {
                var path = Path.Combine(directory, System.Text.Encoding.UTF8.GetString(name));
                if (Path.GetFileName(path) != part)
                    yield return new SandboxBind(
                        path,
                        path,
                        SandboxAccess.AsOnHost,
                        IsOptional: true
                    );
            }
            directory = Path.Combine(directory, part);
            if (!Directory.Exists(directory))
                yield break;
        }
    }
}
