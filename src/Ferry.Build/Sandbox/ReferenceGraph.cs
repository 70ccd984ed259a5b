using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ferry.Build.Attributes;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Closures;

namespace Ferry.Build.Sandbox;

/// <summary>What <c>exportReferencesGraph</c> tells a builder of some of its inputs.</summary>
internal static class ReferenceGraph
{
    /// <summary>The closure of <paramref name="paths"/>; of a derivation in it the outputs' closures as well.</summary>
    /// <exception cref="BuildException">One of the paths is no input.</exception>
    public static ImmutableSortedSet<StorePath> Of(
        IStore store,
        IReadOnlyList<StorePath> paths,
        ImmutableSortedSet<StorePath> inputs
    )
    {
        foreach (var path in paths.Where(path => !inputs.Contains(path)))
        {
            throw BuildException.Rejected(
                $"cannot export references of path '{store.Directory.Format(path)}' "
                    + "because it is not in the input closure of the derivation"
            );
        }

        var closure = store.Closure(paths, ClosureOptions.References);
        var outputs = closure
            .Where(path => path.IsDerivation)
            .SelectMany(path => store.QueryDerivationOutputs(path).Values)
            .OfType<StorePath>()
            .ToList();
        return outputs.Count == 0
            ? closure
            : closure.Union(store.Closure(outputs, ClosureOptions.References));
    }

    /// <summary>For each path: the path, an empty line, the number of its references, and these.</summary>
    public static ByteString Text(IStore store, ImmutableSortedSet<StorePath> paths)
    {
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            var references = store.RequireInfo(path).References;
            text.Append($"{store.Directory.Format(path)}\n\n{references.Count}\n");
            foreach (var reference in references)
                text.Append($"{store.Directory.Format(reference)}\n");
        }

        return text.ToString();
    }

    public static AttributeValue Json(IStore store, ImmutableSortedSet<StorePath> paths) =>
        new ListAttribute([.. paths.Select(path => Json(store, path))]);

    private static ObjectAttribute Json(IStore store, StorePath path)
    {
        var info = store.RequireInfo(path);
        var closureSize = store
            .Closure([path], ClosureOptions.References)
            .Sum(member => store.RequireInfo(member).NarSize);

        var members = ObjectAttribute.NewMembers();
        members["closureSize"] = Number(closureSize);
        members["narHash"] = new TextAttribute(info.NarHash.ToNix32WithKind());
        members["narSize"] = Number(info.NarSize);
        members["path"] = new TextAttribute(store.Directory.Format(path));
        members["references"] = new ListAttribute([
            .. info.References.Select(member => new TextAttribute(store.Directory.Format(member))),
        ]);
        members["valid"] = new BooleanAttribute(true);
        if (info.ContentAddress is { } address)
            members["ca"] = new TextAttribute(address.ToString());
        return new ObjectAttribute(members);
    }

    private static NumberAttribute Number(long value) =>
        new(value.ToString(CultureInfo.InvariantCulture));
}
