using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Verbs.Hashes;

/// <summary>Names on the command line for what is hashed of a file or tree.</summary>
internal static class IngestionMethods
{
    /// <exception cref="BadFormatException">No such method, or one that stock has as an experiment only.</exception>
    public static ContentAddressMethod Parse(string text) =>
        text switch
        {
            "nar" or "recursive" => ContentAddressMethod.Recursive,
            "flat" => ContentAddressMethod.Flat,
            "git" => throw new CommandException(
                "experimental Nix feature 'git-hashing' is disabled; add '--extra-experimental-features git-hashing' to enable it (this program has no git hashes)"
            ),
            _ => throw new BadFormatException(
                $"Unknown file ingestion method '{text}', expect `flat`, `nar`, or `git`"
            ),
        };
}
