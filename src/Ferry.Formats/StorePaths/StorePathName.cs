using System.Buffers;

namespace Ferry.Formats.StorePaths;

/// <summary>The rules for the name in a store path, with stock's messages.</summary>
public static class StorePathName
{
    /// <summary>So that digest, dash, name and <c>.drv.chroot</c> and such fit into a file name of 255 bytes.</summary>
    public const int LengthMax = 211;

    private static readonly SearchValues<char> s_characters = SearchValues.Create(
        "+-._?=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <returns>Null when the name is good, otherwise what is wrong with it, as a sentence.</returns>
    public static string? Check(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return "name must not be empty";
        if (name.Length > LengthMax)
            return $"name '{name}' must be no longer than {LengthMax} characters";
        if (name is "." or "..")
            return $"name '{name}' is not valid";
        foreach (var part in (ReadOnlySpan<string>)[".", ".."])
        {
            if (name.Length > part.Length && name[part.Length] == '-' && name.StartsWith(part))
                return $"name '{name}' is not valid: first dash-separated component must not be '{part}'";
        }
        var wrong = name.IndexOfAnyExcept(s_characters);
        return wrong < 0 ? null : $"name '{name}' contains illegal character '{name[wrong]}'";
    }

    /// <exception cref="BadFormatException">The name breaks a rule; the message says which.</exception>
    public static void Require(ReadOnlySpan<char> name)
    {
        if (Check(name) is { } broken)
            throw new BadFormatException(broken);
    }
}
