namespace Ferry.Build.Attributes;

/// <summary>The files <c>.attrs.json</c> and <c>.attrs.sh</c> of a derivation with <c>__structuredAttrs</c>.</summary>
public static class StructuredAttributes
{
    /// <summary>The variable of the derivation that holds the JSON.</summary>
    public const string VariableName = "__json";

    public const string JsonFileName = ".attrs.json";
    public const string ShellFileName = ".attrs.sh";

    /// <param name="attributes">As the derivation has them.</param>
    /// <param name="outputs">Output names and the text that stands for their paths; replaces an attribute of that name.</param>
    /// <param name="graphs">The answers to <c>exportReferencesGraph</c>, by attribute name.</param>
    public static (string Json, string Shell) Write(
        ObjectAttribute attributes,
        IEnumerable<KeyValuePair<string, string>> outputs,
        IEnumerable<KeyValuePair<string, AttributeValue>> graphs
    )
    {
        var members = ObjectAttribute.NewMembers();
        foreach (var (name, value) in attributes.Members)
            members[name] = value;

        var outputMembers = ObjectAttribute.NewMembers();
        foreach (var (name, path) in outputs)
            outputMembers[name] = new TextAttribute(path);
        members["outputs"] = new ObjectAttribute(outputMembers);

        foreach (var (name, graph) in graphs)
            members[name] = graph;

        var complete = new ObjectAttribute(members);
        return (complete.ToString(), AttributeShell.Write(complete));
    }
}
