using System.Text;
using CsCheck;
using Ferry.Formats.Nar;

namespace Ferry.Formats.Tests.Nar;

/// <summary>Trees of every shape, as functions that hand themselves to a target.</summary>
internal static class Trees
{
    private static readonly Gen<Action<INarTarget>> s_file = Gen.Select(
        Gen.Bool,
        Gen.Byte.Array[0, 40],
        (isExecutable, contents) =>
            (Action<INarTarget>)(
                target =>
                {
                    target.BeginFile(isExecutable, contents.Length);
                    target.FileContents(contents.AsSpan(0, contents.Length / 2));
                    target.FileContents(contents.AsSpan(contents.Length / 2));
                    target.EndFile();
                }
            )
    );

    private static readonly Gen<Action<INarTarget>> s_link = Gen.String[Gen.Char['!', '~'], 1, 20]
        .Select(text =>
            (Action<INarTarget>)(target => target.SymbolicLink(Encoding.UTF8.GetBytes(text)))
        );

    public static Gen<Action<INarTarget>> Tree { get; } = OfDepth(3);

    private static Gen<Action<INarTarget>> OfDepth(int depth)
    {
        if (depth == 0)
            return Gen.OneOf(s_file, s_link);
        var name = Gen.String[Gen.Char['A', 'z'], 1, 5];
        var directory = Gen.Select(name, OfDepth(depth - 1))
            .List[0, 4]
            .Select(entries => (Action<INarTarget>)(target => WriteDirectory(target, entries)));
        return Gen.OneOf(s_file, s_link, directory);
    }

    private static void WriteDirectory(
        INarTarget target,
        List<(string Name, Action<INarTarget> Tree)> entries
    )
    {
        target.BeginDirectory();
        foreach (
            var (name, tree) in entries
                .DistinctBy(entry => entry.Name)
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
        )
        {
            target.BeginEntry(Encoding.UTF8.GetBytes(name));
            tree(target);
            target.EndEntry();
        }
        target.EndDirectory();
    }
}
