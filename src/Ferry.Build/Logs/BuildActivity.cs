using System.Text;
using Ferry.Formats.Versions;

namespace Ferry.Build.Logs;

/// <summary>One running step, as the progress display names it.</summary>
/// <param name="Id">Unique within one build call.</param>
/// <param name="Kind">What is being done.</param>
/// <param name="DerivationPath">Full store path text of the derivation.</param>
/// <param name="Name">The derivation's name without <c>.drv</c>.</param>
/// <param name="System">The derivation's <c>system</c>.</param>
/// <param name="IsEmulated">Its programs run under an emulator, since the processor cannot run them itself.</param>
public sealed record BuildActivity(
    int Id,
    BuildActivityKind Kind,
    string DerivationPath,
    string Name,
    string System,
    bool IsEmulated
)
{
    /// <summary>What <c>-L</c> puts before each log line, as stock does: the name without its version.</summary>
    public string LogPrefix
    {
        get
        {
            var bytes = Encoding.UTF8.GetBytes(Name);
            return Encoding.UTF8.GetString(bytes, 0, VersionText.SplitName(bytes).NameLength)
                + "> ";
        }
    }

    /// <summary>The line stock prints when the step starts.</summary>
    public string StartLine =>
        Kind == BuildActivityKind.Check
            ? $"checking outputs of '{DerivationPath}'..."
            : $"building '{DerivationPath}'...";
}

public enum BuildActivityKind
{
    /// <summary>A sandboxed build or a builtin that computes.</summary>
    Build,

    /// <summary>A fixed-output builtin: its progress is counted in bytes.</summary>
    Fetch,

    /// <summary>A rebuild of valid outputs, to compare (<c>--check</c>).</summary>
    Check,

    /// <summary>Outputs come from a binary cache.</summary>
    Substitute,
}
