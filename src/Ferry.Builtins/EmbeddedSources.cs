namespace Ferry.Builtins;

/// <summary>Nix programs that are part of the language.</summary>
internal static class EmbeddedSources
{
    public static byte[] Read(string name)
    {
        using var stream =
            typeof(EmbeddedSources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not embedded");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
