using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Settings;
using Ferry.Evaluation.Memory;
using Ferry.Flakes.References;

namespace Ferry.Cli.Completing;

/// <summary>Completes operands and arguments of options, by what their names in help texts say they are.</summary>
internal sealed class ArgumentCompletion(
    CommandLineReading reading,
    SessionOptions options,
    CompletionList list
)
{
    /// <param name="parameter">As the help text calls it, without dots and brackets.</param>
    /// <param name="word">What is typed of it.</param>
    public void Add(string parameter, string word)
    {
        switch (parameter)
        {
            case "INSTALLABLE":
            case "PACKAGE":
            case "DEPENDENCY":
            case "BEFORE":
            case "AFTER":
                AddInstallables(word);
                break;
            case "FLAKE":
            case "REFERENCE":
                AddFlakes(word);
                break;
            case "INPUT":
                AddInputs(word);
                break;
            case "SETTING":
                list.AddMatching(SettingTable.Definitions.Select(setting => setting.Name), word);
                break;
            case "FILE":
            case "PATH":
            case "DIR":
            case "FOLDER":
            case "LINK":
            case "PROFILE":
                AddFiles(word, onlyFolders: false);
                break;
        }
    }

    private void AddInstallables(string word)
    {
        var installables = reading.Verb?.Installables ?? new InstallableOptions();
        installables.Flakes.KeepLockFile();
        if (installables.Expression.IsGiven)
        {
            list.Kind = CompletionKind.Attributes;
            Evaluate(site =>
            {
                var expression = installables.Expression;
                var top = expression.Text is { } text
                    ? site.Text(text)
                    : site.Import(expression.File!);
                AddAttributes(site.AutoCall(top, expression.Arguments), "", "", word);
            });
        }
        else if (word.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash)
        {
            list.Kind = CompletionKind.Attributes;
            AddFlakeAttributes(installables, word[..hash], word[(hash + 1)..]);
        }
        else
        {
            AddFlakes(word);
        }
    }

    private void AddFlakeAttributes(InstallableOptions installables, string flake, string path) =>
        Evaluate(site =>
        {
            var outputs = site.FlakeOutputs(Reference(site, flake), installables.Flakes);
            var places = installables.Places;
            foreach (var prefix in path is ['.', ..] ? [""] : (string[])[.. places.Prefixes, ""])
                AddAttributes(
                    outputs,
                    AttributePlaces.Resolve(site.System, prefix),
                    flake + "#",
                    path
                );
            if (
                path.Length == 0
                && places
                    .Candidates(site.System, "")
                    .Any(place => EvaluationSite.TrySelect(outputs, place, []) is not null)
            )
                list.Add(flake + "#");
        });

    // Names in the set that the path leads to, up to its last dot.
    private void AddAttributes(Value top, string prefix, string before, string path)
    {
        var dot = path.LastIndexOf('.') + 1;
        var (parent, start) = (path[..dot], path[dot..]);
        var place = (prefix + parent).Trim('.');
        if (
            EvaluationSite.TrySelect(top, place, []) is not { } found
            || found.Force() is not { IsAttributeSet: true } set
        )
            return;
        for (var index = 0; index < set.AsAttributeSet.Count; index++)
        {
            var name = set.AsAttributeSet.SymbolAt(index).ToString();
            if (name.Contains('.'))
                name = $"\"{name}\"";
            if (name.StartsWith(start, StringComparison.Ordinal))
                list.Add(before + parent + name);
        }
    }

    private void AddFlakes(string word)
    {
        if (word.Length == 0)
            list.Add(".");
        AddFiles(word, onlyFolders: true);
        using var session = new Session(options);
        var names = session
            .Fetching.Fetcher.Registries.All.SelectMany(registry => registry.Entries)
            .Select(entry => entry.From.ToString()!);
        const string Scheme = "flake:";
        list.AddMatching(
            word.StartsWith(Scheme, StringComparison.Ordinal)
                ? names
                : names
                    .Append("packages")
                    .Select(name =>
                        name.StartsWith(Scheme, StringComparison.Ordinal)
                            ? name[Scheme.Length..]
                            : name
                    ),
            word
        );
    }

    private void AddInputs(string word) =>
        Evaluate(site =>
        {
            foreach (var flake in reading.Flakes.DefaultIfEmpty("."))
                list.AddMatching(site.Flakes.Declaration(Reference(site, flake)).Inputs.Keys, word);
        });

    private void AddFiles(string word, bool onlyFolders)
    {
        list.Kind = CompletionKind.FileNames;
        var slash = word.LastIndexOf('/') + 1;
        var (folder, start) = (word[..slash], word[slash..]);
        var path = Path.GetFullPath(
            Expand(folder.Length == 0 ? "." : folder),
            options.Environment.WorkingDirectory
        );
        if (!Directory.Exists(path))
            return;
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos($"{start}*"))
        {
            var isFolder = Directory.Exists(entry.FullName);
            if (
                (isFolder || !onlyFolders)
                && entry.Name.StartsWith(start, StringComparison.Ordinal)
                && (entry.Name[0] != '.' || start.StartsWith('.'))
            )
                list.Add(folder + entry.Name);
        }
    }

    private FlakeReference Reference(EvaluationSite site, string text) =>
        FlakeReference.Parse(Expand(text.Length == 0 ? "." : text), site.Flakes.ReferenceOptions);

    // Shells expand a tilde only when the command runs.
    private string Expand(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal) && options.Environment.Home is { } home
            ? home + path[1..]
            : path;

    private void Evaluate(Action<EvaluationSite> action)
    {
        options.Settings.Set("eval-cores", "1", "completion");
        options.IsFlakeCommand = true;
        using var session = new Session(options);
        session.Evaluation.IsReadOnly = true;
        session.Evaluation.Run(action);
    }
}
