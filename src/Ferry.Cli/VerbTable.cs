using Ferry.Cli.Verbs;
using Ferry.Cli.Verbs.Classic;
using Ferry.Cli.Verbs.Configuration;
using Ferry.Cli.Verbs.Flake;
using Ferry.Cli.Verbs.Hashes;
using Ferry.Cli.Verbs.Keys;
using Ferry.Cli.Verbs.Profiles;
using Ferry.Cli.Verbs.Registries;
using Ferry.Cli.Verbs.Shells;
using Ferry.Cli.Verbs.Store;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli;

/// <summary>Every verb. A new one gets a row.</summary>
internal static class VerbTable
{
    private static readonly Func<Verb>[] s_verbs =
    [
        () => new BuildVerb(),
        () => new RunVerb(),
        () => new BundleVerb(),
        () => new DevelopVerb(),
        () => new PrintDevEnvVerb(),
        () => new ShellVerb("shell"),
        () => new ShellVerb("env shell"),
        () => new EditVerb(),
        () => new EvalVerb(),
        () => new ReplVerb(),
        () => new FlakeShowVerb(),
        () => new FlakeMetadataVerb(),
        () => new FlakeMetadataVerb("flake info"),
        () => new FlakeLockVerb(),
        () => new FlakeUpdateVerb(),
        () => new FlakeCheckVerb(),
        () => new FlakeInitVerb(isNew: false),
        () => new FlakeInitVerb(isNew: true),
        () => new FlakeCloneVerb(),
        () => new FlakeArchiveVerb(),
        () => new FlakePrefetchVerb(),
        () => new FlakePrefetchInputsVerb(),
        () => new SearchVerb(),
        () => new FormatterRunVerb("fmt"),
        () => new FormatterRunVerb("formatter run"),
        () => new FormatterBuildVerb(),
        () => new DerivationShowVerb(),
        () => new LogVerb(),
        () => new PathInfoVerb(),
        () => new StoreAddVerb("store add", ContentAddressMethod.Recursive),
        () => new StoreAddVerb("store add-file", ContentAddressMethod.Flat),
        () => new StoreAddVerb("store add-path", ContentAddressMethod.Recursive),
        () => new StoreCatVerb(),
        () => new StoreDeleteVerb(),
        () => new StoreDumpPathVerb(),
        () => new StoreGcVerb(),
        () => new StoreInfoVerb("store info"),
        () => new StoreInfoVerb(StoreInfoVerb.DeprecatedPath),
        () => new StoreLsVerb(),
        () => new StorePathFromHashPartVerb(),
        () => new StoreVerifyVerb(),
        () => new StorePrefetchFileVerb(),
        () => new StoreDiffClosuresVerb(),
        () => new WhyDependsVerb(),
        () => new HashConvertVerb(),
        () => new HashPathVerb("hash path", ContentAddressMethod.Recursive),
        () => new HashPathVerb("hash file", ContentAddressMethod.Flat),
        () => new HashToVerb("base16", HashFormat.Base16),
        () => new HashToVerb("base32", HashFormat.Nix32),
        () => new HashToVerb("base64", HashFormat.Base64),
        () => new HashToVerb("sri", HashFormat.Sri),
        () => new KeyGenerateSecretVerb(),
        () => new KeyConvertSecretToPublicVerb(),
        () => new ConfigShowVerb(),
        () => new ConfigCheckVerb(),
        () => new ProfileAddVerb("add"),
        () => new ProfileAddVerb("install"),
        () => new ProfileListVerb(),
        () => new ProfileRemoveVerb(),
        () => new ProfileUpgradeVerb(),
        () => new ProfileRollbackVerb(),
        () => new ProfileHistoryVerb(),
        () => new ProfileDiffClosuresVerb(),
        () => new ProfileWipeHistoryVerb(),
        () => new RegistryListVerb(),
        () => new RegistryAddVerb(),
        () => new RegistryRemoveVerb(),
        () => new RegistryPinVerb(),
        () => new RegistryResolveVerb(),
        () => new PackagesRefreshVerb(),
        () => new InstallVerb(),
        () => new HelpVerb(),
        () => new NixBuildVerb(),
        () => new NixChannelVerb(),
        () => new NixCollectGarbageVerb(),
        () => new NixEnvVerb(),
        () => new NixHashVerb(),
        () => new NixInstantiateVerb(),
        () => new NixPrefetchUrlVerb(),
        () => new NixShellVerb(),
        () => new NixStoreVerb(),
    ];

    /// <summary>Commands that are programs of their own in stock.</summary>
    public static IReadOnlySet<string> ClassicNames { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "nix-build",
            "nix-channel",
            "nix-collect-garbage",
            "nix-env",
            "nix-hash",
            "nix-instantiate",
            "nix-prefetch-url",
            "nix-shell",
            "nix-store",
        };

    /// <summary>Names from before verbs had groups, and what they are called now.</summary>
    public static IReadOnlyDictionary<string, string> DeprecatedNames { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["add-to-store"] = "store add-path",
            ["cat-store"] = "store cat",
            ["dump-path"] = "store dump-path",
            ["diff-closures"] = "store diff-closures",
            ["doctor"] = "config check",
            ["hash-file"] = "hash file",
            ["hash-path"] = "hash path",
            ["path-from-hash-part"] = "store path-from-hash-part",
            ["ping-store"] = "store info",
            ["ls-store"] = "store ls",
            ["show-config"] = "config show",
            ["show-derivation"] = "derivation show",
            ["to-base16"] = "hash to-base16",
            ["to-base32"] = "hash to-base32",
            ["to-base64"] = "hash to-base64",
            ["verify"] = "store verify",
        };

    /// <summary>In the order of help texts; older commands last.</summary>
    public static IEnumerable<Verb> All => s_verbs.Select(make => make());

    /// <summary>In the order of help texts.</summary>
    public static IEnumerable<Verb> Subcommands =>
        All.Where(verb => !ClassicNames.Contains(verb.Path));

    /// <returns>Null when no verb has exactly these words.</returns>
    public static Verb? Find(IReadOnlyList<string> words)
    {
        var path = string.Join(' ', words);
        return All.FirstOrDefault(verb => verb.Path == path);
    }

    /// <summary>The verb that a person probably meant, by its first word or by all.</summary>
    public static string? Near(IEnumerable<string> words)
    {
        var given = words.ToList();
        var paths = Subcommands.Select(verb => verb.Path).ToList();
        return NearNames.Find(string.Join(' ', given.Take(2)), paths) is [var whole, ..] ? whole
            : NearNames.Find(given[0], paths.Select(path => path.Split(' ')[0])) is [var first, ..]
                ? first
            : null;
    }
}
