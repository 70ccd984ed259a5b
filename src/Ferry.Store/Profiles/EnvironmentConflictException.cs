namespace Ferry.Store.Profiles;

/// <summary>Two packages of one priority have the same file.</summary>
/// <param name="existing">The one that came first, below the store.</param>
/// <param name="added">The other.</param>
/// <param name="priority">Of both.</param>
public sealed class EnvironmentConflictException(string existing, string added, int priority)
    : Exception(
        $"Unable to build profile. There is a conflict for the following files:\n\n  \"{existing}\"\n  \"{added}\""
    )
{
    public string Existing => existing;

    public string Added => added;

    public int Priority => priority;
}
