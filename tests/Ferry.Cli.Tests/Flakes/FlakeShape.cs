namespace Ferry.Cli.Tests.Flakes;

/// <summary>Some flakes on the disk, and what is to be done with the one called "top".</summary>
/// <param name="Name">Of the test case.</param>
/// <param name="Files">Path and text; <c>@ROOT@</c> stands for the folder that holds all of them.</param>
internal sealed record FlakeShape(string Name, params (string Path, string Text)[] Files)
{
    /// <summary>Folders that are git repositories with everything committed.</summary>
    public string[] Repositories { get; init; } = [];

    /// <summary>Arguments of each call, one after the other; the first words are the verb.</summary>
    public string[] Calls { get; init; } = ["flake lock"];

    /// <summary>Which folder the calls are about.</summary>
    public string Top { get; init; } = "top";

    private const string Leaf = "{ outputs = { self }: { value = 1; }; }";

    /// <summary>The shapes whose lock files are compared with those of stock.</summary>
    public static IEnumerable<FlakeShape> All =>
        [
            new("no inputs", ("top/flake.nix", Leaf)),
            new(
                "a path input",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\";")),
                ("a/flake.nix", Leaf)
            ),
            new(
                "a git input",
                ("top/flake.nix", With("a.url = \"git+file://@ROOT@/a\";")),
                ("a/flake.nix", Leaf)
            )
            {
                Repositories = ["a"],
            },
            new(
                "a git input with a branch",
                ("top/flake.nix", With("a.url = \"git+file://@ROOT@/a?ref=main\";")),
                ("a/flake.nix", Leaf)
            )
            {
                Repositories = ["a"],
            },
            new(
                "a shallow git input",
                ("top/flake.nix", With("a.url = \"git+file://@ROOT@/a?shallow=1\";")),
                ("a/flake.nix", Leaf)
            )
            {
                Repositories = ["a"],
            },
            new(
                "attributes in place of a url",
                (
                    "top/flake.nix",
                    With("a = { type = \"git\"; url = \"file://@ROOT@/a\"; ref = \"main\"; };")
                ),
                ("a/flake.nix", Leaf)
            )
            {
                Repositories = ["a"],
            },
            new(
                "a folder of an input",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a?dir=sub\";")),
                ("a/sub/flake.nix", Leaf)
            ),
            new(
                "a folder of a git input",
                ("top/flake.nix", With("a.url = \"git+file://@ROOT@/a?dir=x/y\";")),
                ("a/x/y/flake.nix", Leaf)
            )
            {
                Repositories = ["a"],
            },
            new(
                "an input that is no flake",
                ("top/flake.nix", With("a = { url = \"path:@ROOT@/a\"; flake = false; };")),
                ("a/file", "x")
            ),
            new(
                "a git input that is no flake",
                ("top/flake.nix", With("a = { url = \"git+file://@ROOT@/a\"; flake = false; };")),
                ("a/file", "x")
            )
            {
                Repositories = ["a"],
            },
            new(
                "inputs of inputs",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\";")),
                ("a/flake.nix", With("b.url = \"path:@ROOT@/b\";")),
                ("b/flake.nix", With("c.url = \"path:@ROOT@/c\";")),
                ("c/flake.nix", Leaf)
            ),
            new(
                "one flake twice",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\"; c.url = \"path:@ROOT@/c\";")),
                ("a/flake.nix", With("c.url = \"path:@ROOT@/c\";")),
                ("c/flake.nix", Leaf)
            ),
            new(
                "follows",
                (
                    "top/flake.nix",
                    With(
                        "c.url = \"path:@ROOT@/c\"; a.url = \"path:@ROOT@/a\"; a.inputs.c.follows = \"c\";"
                    )
                ),
                ("a/flake.nix", With("c.url = \"path:@ROOT@/other\";")),
                ("c/flake.nix", Leaf)
            ),
            new(
                "an input that only follows",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\"; c.follows = \"a/c\";")),
                ("a/flake.nix", With("c.url = \"path:@ROOT@/c\";")),
                ("c/flake.nix", Leaf)
            ),
            new(
                "follows nothing",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\"; a.inputs.c.follows = \"\";")),
                ("a/flake.nix", With("c.url = \"path:@ROOT@/other\";"))
            ),
            new(
                "an input of an input that is another one",
                (
                    "top/flake.nix",
                    With("a.url = \"path:@ROOT@/a\"; a.inputs.c.url = \"path:@ROOT@/other\";")
                ),
                ("a/flake.nix", With("c.url = \"path:@ROOT@/c\";")),
                ("c/flake.nix", Leaf),
                ("other/flake.nix", "{ outputs = { self }: { value = 2; }; }")
            ),
            new(
                "an override three levels down",
                (
                    "top/flake.nix",
                    With(
                        "a.url = \"path:@ROOT@/a\"; d.url = \"path:@ROOT@/d\"; a.inputs.b.inputs.c.follows = \"d\";"
                    )
                ),
                ("a/flake.nix", With("b.url = \"path:@ROOT@/b\";")),
                ("b/flake.nix", With("c.url = \"path:@ROOT@/c\";")),
                ("c/flake.nix", Leaf),
                ("d/flake.nix", Leaf)
            ),
            new(
                "a relative path",
                ("top/flake.nix", With("a.url = \"./a\";")),
                ("top/a/flake.nix", Leaf)
            ),
            new(
                "a relative path written as a path",
                ("top/flake.nix", With("a.url = ./a;")),
                ("top/a/flake.nix", Leaf)
            ),
            new(
                "a relative path in a repository",
                (
                    "top/flake.nix",
                    With("a.url = \"path:./a\"; b = { url = \"path:./b\"; flake = false; };")
                ),
                ("top/a/flake.nix", With("c.url = \"path:../c\";")),
                ("top/c/flake.nix", Leaf),
                ("top/b/file", "x")
            )
            {
                Repositories = ["top"],
            },
            new(
                "relative paths of an input",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\";")),
                ("a/flake.nix", With("b.url = \"path:./b\";")),
                ("a/b/flake.nix", Leaf)
            ),
            new(
                "arguments that nobody declared",
                (
                    "top/flake.nix",
                    "{ inputs.a.url = \"path:@ROOT@/a\"; outputs = { self, a, ... }: { }; }"
                ),
                ("a/flake.nix", Leaf)
            ),
            new(
                "a second lock changes nothing",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\";")),
                ("a/flake.nix", Leaf)
            )
            {
                Calls = ["flake lock", "flake lock"],
            },
            new(
                "an override from the command line",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\";")),
                ("a/flake.nix", Leaf),
                ("b/flake.nix", "{ outputs = { self }: { value = 2; }; }")
            )
            {
                Calls = ["flake lock", "flake lock --override-input a path:@ROOT@/b"],
            },
            new(
                "a lock file of an input is taken over",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\";")),
                ("a/flake.nix", With("b.url = \"path:@ROOT@/b\";")),
                ("b/flake.nix", Leaf)
            )
            {
                Calls = ["flake lock a", "flake lock"],
            },
            new(
                "a folder of a repository",
                ("top/sub/flake.nix", With("a.url = \"path:@ROOT@/a\";")),
                ("a/flake.nix", Leaf)
            )
            {
                Repositories = ["top"],
                Top = "top/sub",
            },
            new(
                "everything is updated",
                ("top/flake.nix", With("a.url = \"git+file://@ROOT@/a\";")),
                ("a/flake.nix", With("b.url = \"path:@ROOT@/b\";")),
                ("b/flake.nix", Leaf)
            )
            {
                Repositories = ["a"],
                Calls = ["flake lock", "flake update --flake"],
            },
            new(
                "a nested input is updated",
                ("top/flake.nix", With("a.url = \"path:@ROOT@/a\"; c.url = \"path:@ROOT@/c\";")),
                ("a/flake.nix", With("b.url = \"path:@ROOT@/b\";")),
                ("b/flake.nix", Leaf),
                ("c/flake.nix", Leaf)
            )
            {
                Calls = ["flake lock", "flake update a/b --flake"],
            },
            new(
                "an archive",
                ("top/flake.nix", With("a.url = \"tarball+file://@ROOT@/a.tar\";")),
                ("a/flake.nix", Leaf),
                ("a.tar", "@ARCHIVE:a@")
            ),
        ];

    // A flake whose outputs do not matter.
    private static string With(string inputs) =>
        $"{{ inputs = {{ {inputs} }}; outputs = _: {{ }}; }}";
}
