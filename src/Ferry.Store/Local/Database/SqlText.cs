namespace Ferry.Store.Local.Database;

/// <summary>The <c>.sql</c> files that lie beside this one, embedded in the assembly.</summary>
internal static class SqlText
{
    public static string Read(string name)
    {
        var file = $"{name}.sql";
        using var stream =
            typeof(SqlText).Assembly.GetManifestResourceStream(file)
            ?? throw new System.Diagnostics.UnreachableException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
