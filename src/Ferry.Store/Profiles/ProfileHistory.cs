namespace Ferry.Store.Profiles;

/// <summary>Which generations of a profile are to go, and their going.</summary>
/// <param name="profile">Locked meanwhile.</param>
/// <param name="tell">Takes a sentence a generation, and one when somebody else holds the lock.</param>
/// <param name="isDryRun">Nothing goes; only the sentences come.</param>
public sealed class ProfileHistory(Profile profile, Action<string> tell, bool isDryRun)
{
    /// <summary>Switches to a generation, or to the newest one before the current one.</summary>
    /// <exception cref="StoreException">There is none.</exception>
    public void Switch(long? number)
    {
        using var held = profile.Lock(tell);
        var current = profile.Current() ?? 0;
        var generation = profile.Find(number);
        tell($"switching profile from version {current} to {generation.Number}");
        if (!isDryRun)
            profile.Switch(generation);
    }

    /// <exception cref="StoreException">The current one is among them; nothing goes then.</exception>
    public void Delete(IReadOnlySet<long> numbers)
    {
        using var held = profile.Lock(tell);
        if (profile.Current() is { } current && numbers.Contains(current))
            throw new StoreException(
                $"cannot delete current version of profile \"{profile.Link}\""
            );
        Delete(profile.Generations().Where(generation => numbers.Contains(generation.Number)));
    }

    /// <summary>Keeps the current generation alone.</summary>
    public void DeleteOthers()
    {
        using var held = profile.Lock(tell);
        var current = profile.Current();
        Delete(profile.Generations().Where(generation => generation.Number != current));
    }

    /// <summary>Keeps the current generation with some before it, and all that are newer.</summary>
    /// <param name="count">How many to keep up to the current one.</param>
    public void DeleteAllBut(long count)
    {
        if (count == 0)
            throw new StoreException(
                "Must keep at least one generation, otherwise the current one would be deleted"
            );
        using var held = profile.Lock(tell);
        var current = profile.Current();
        Delete(
            profile
                .Generations()
                .Reverse()
                .SkipWhile(generation => generation.Number != current)
                .Skip((int)Math.Min(count, int.MaxValue))
        );
    }

    /// <summary>Keeps what has been current at a moment or later.</summary>
    /// <param name="seconds">Unix seconds.</param>
    public void DeleteOlderThan(long seconds)
    {
        using var held = profile.Lock(tell);
        var current = profile.Current();
        // The newest of the older ones was the current one at that moment.
        Delete(
            profile
                .Generations()
                .Reverse()
                .SkipWhile(generation => generation.CreatedSeconds >= seconds)
                .Skip(1)
                .Where(generation => generation.Number != current)
        );
    }

    private void Delete(IEnumerable<Generation> generations)
    {
        foreach (var generation in generations)
        {
            tell($"{(isDryRun ? "would remove" : "removing")} profile version {generation.Number}");
            if (!isDryRun)
                Profile.Delete(generation);
        }
    }
}
