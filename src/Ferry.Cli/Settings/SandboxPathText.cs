using Ferry.Build.Sandbox;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Settings;

/// <summary>The setting <c>sandbox-paths</c>, whose default is the shell that builds see.</summary>
internal static class SandboxPathText
{
    private const string ShellTarget = "/bin/sh";

    // Stands for the setting of this name, or the shell that is installed beside the program.
    private const string ShellSource = "sandbox-shell";

    public const string Default = ShellTarget + "=" + ShellSource;

    /// <exception cref="SettingException">A word is no path.</exception>
    public static (string? Shell, IReadOnlyList<SandboxPath> Others) Read(SettingStore settings)
    {
        string? shell = null;
        var others = new List<SandboxPath>();
        foreach (var word in settings.Words("sandbox-paths"))
        {
            // Of two with one target the later one counts, as in stock.
            if (word == Default)
            {
                shell = settings.Text(ShellSource) is { Length: > 0 } set
                    ? set
                    : SandboxShell.BesideProgram(Environment.ProcessPath!);
                continue;
            }

            var path = Parse(word);
            if (path.Target == ShellTarget)
                shell = null;
            others.RemoveAll(other => other.Target == path.Target);
            others.Add(path);
        }

        return (shell, others);
    }

    private static SandboxPath Parse(string word)
    {
        try
        {
            return SandboxPath.Parse(word);
        }
        catch (FormatException failure)
        {
            throw SettingException.Broken("sandbox-paths", failure.Message);
        }
    }
}
