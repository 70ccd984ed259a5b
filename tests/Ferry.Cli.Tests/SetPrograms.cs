namespace Ferry.Cli.Tests;

/// <summary>One way to get a package: for a platform, on a road.</summary>
/// <param name="Name">Of the theory's case.</param>
/// <param name="Prefix">What the package's name follows in an installable.</param>
/// <param name="Processor">As the programs themselves call it.</param>
/// <param name="Machine">As <c>file</c> calls it.</param>
internal sealed record SetRoad(string Name, string Prefix, string Processor, string Machine)
{
    public static IReadOnlyList<SetRoad> All { get; } =
    [
        new("native", "packages#legacyPackages.x86_64-linux", "x86_64", "x86-64"),
        new("crossed riscv64", "packages#pkgsCross.riscv64", "riscv64", "UCB RISC-V"),
        new(
            "crossed aarch64",
            "packages#pkgsCross.aarch64-multiplatform",
            "aarch64",
            "ARM aarch64"
        ),
        new("emulated riscv64", "packages#legacyPackages.riscv64-linux", "riscv64", "UCB RISC-V"),
        new("emulated aarch64", "packages#legacyPackages.aarch64-linux", "aarch64", "ARM aarch64"),
    ];

    public bool IsEmulated => Name.StartsWith("emulated", StringComparison.Ordinal);
}

/// <summary>A package of the set, with a use of its program that shows that it works.</summary>
/// <param name="Package">Below a road's prefix.</param>
/// <param name="Program">The file in <c>bin</c>.</param>
/// <param name="Arguments">That it is run with.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Expected">What it prints; <c>CPU</c> stands for the processor of the road.</param>
internal sealed record SetProgram(
    string Package,
    string Program,
    string[] Arguments,
    string Input,
    string Expected
)
{
    public static IReadOnlyList<SetProgram> All { get; } =
    [
        new("hello", "hello", [], "", "Hello, world!\n"),
        new(
            "zlib.tests.deflate",
            "deflate",
            [],
            string.Concat(Enumerable.Repeat("ferry ", 10_000)),
            "zlib 1.3.1: 60000 -> 118\n"
        ),
        new(
            "lua",
            "lua",
            ["-e", "print(_VERSION, 7 // 2, ('ferry'):upper(), math.type(2^53))"],
            "",
            "Lua 5.4\t3\tFERRY\tfloat\n"
        ),
        new(
            "bash",
            "bash",
            [
                "-c",
                "read -r line; a=(one two 'th ree'); declare -A m=([k]=v); echo \"$line ${#a[@]} ${a[2]} ${m[k]} ${BASH_VERSION%%(*} $HOSTTYPE\"",
            ],
            "read\n",
            "read 3 th ree v 5.2.37 CPU\n"
        ),
        new(
            "busybox",
            "busybox",
            ["awk", "{ s += $1; l = l $1 } END { print s, l }"],
            "30\n4\n200\n",
            "234 304200\n"
        ),
        new(
            "sqlite",
            "sqlite3",
            [":memory:"],
            "create virtual table t using fts5(x); insert into t values ('crossed'), ('emulated');\n"
                + "select sqlite_version(), count(*), json_extract('{\"a\":[1,2]}', '$.a[1]') from t where t match 'emu*';\n",
            "3.46.1|1|2\n"
        ),
        new(
            "openssl",
            "openssl",
            ["dgst", "-sha256", "-r"],
            "abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad *stdin\n"
        ),
    ];

    /// <summary>The packages that are emulated too: what shows the road without taking half an hour.</summary>
    private static readonly string[] s_emulated = ["hello", "zlib.tests.deflate"];

    /// <summary>The packages whose builds take minutes each: without a wish only for one platform.</summary>
    private static readonly string[] s_long = ["bash", "sqlite", "openssl"];

    private const string LongRoad = "crossed riscv64";

    public static IEnumerable<(SetRoad Road, SetProgram Program)> OnAllRoads =>
        from road in SetRoad.All
        from program in All
        where !road.IsEmulated || s_emulated.Contains(program.Package)
        select (road, program);

    /// <summary>The installables of everything that the tests look at.</summary>
    public static IEnumerable<string> Installables =>
        from pair in OnAllRoads
        where pair.Program.IsBuiltFor(pair.Road)
        select pair.Program.Installable(pair.Road);

    /// <summary>Whether this run builds it; <c>FERRY_ALL_ROADS=1</c> asks for everything.</summary>
    public bool IsBuiltFor(SetRoad road) =>
        road.Name == LongRoad
        || !s_long.Contains(Package)
        || Environment.GetEnvironmentVariable("FERRY_ALL_ROADS") == "1";

    public string Installable(SetRoad road) => $"{road.Prefix}.{Package}";
}
