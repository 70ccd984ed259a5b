using System.ComponentModel;
using System.Globalization;
using System.Text;
using Ferry.Fetching.Archives;
using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Git;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;
using Ferry.Platform.Files;
using Ferry.Platform.Processes;

namespace Ferry.Fetching.Mercurial;

/// <summary>Takes a working tree or a revision by way of the program <c>hg</c>.</summary>
internal sealed class MercurialFetch(Fetcher fetcher, Url url)
{
    public FetchedTree Run(FetchInput input)
    {
        var folder = url.Scheme == "file" ? url.FilePath : null;
        if (
            folder is not null
            && input.Ref is null
            && input.Revision is null
            && Directory.Exists(Path.Combine(folder, ".hg"))
            && IsDirty(folder)
        )
            return WorkingFiles(input, folder);
        return Commit(input, folder ?? url.ToString());
    }

    private bool IsDirty(string folder) =>
        Hg("status", "-R", folder, "--modified", "--added", "--removed").Length > 0;

    private FetchedTree WorkingFiles(FetchInput input, string folder)
    {
        if (!fetcher.Settings.AllowsDirtyTrees)
            throw new FetchException($"Mercurial tree '{folder}' is unclean");
        if (fetcher.Settings.WarnsOfDirtyTrees)
            fetcher.Parts.Warn($"Mercurial tree '{folder}' is unclean");
        var files = Hg(
            "status",
            "-R",
            folder,
            "--clean",
            "--modified",
            "--added",
            "--no-status",
            "--print0"
        );
        return new(
            input.With("ref", Hg("branch", "-R", folder).TrimEnd('\n')),
            new GitWorkingFiles(folder, files.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        )
        {
            IsLive = true,
        };
    }

    private FetchedTree Commit(FetchInput input, string source)
    {
        input = input.With("ref", input.Ref ?? "default");
        var clone = Update(source, input);
        var wanted = input.Revision is { } known ? InputScheme.RevisionText(known) : input.Ref!;
        var words = Hg("log", "-R", clone, "-r", wanted, "--template", "{node} {rev} {branch}")
            .Split(' ', 3);
        if (words.Length != 3)
            throw new FetchException($"Mercurial repository '{source}' has no revision '{wanted}'");
        var (revision, branch) = (words[0], words[2]);
        input = input
            .With("rev", revision)
            .With("ref", branch)
            .With("revCount", ulong.Parse(words[1], CultureInfo.InvariantCulture));
        return new(input, Tree(clone, revision)) { Fingerprint = "hg:" + revision };
    }

    private NarFileTree Tree(string clone, string revision)
    {
        var question = InputAttributes.Of(("rev", revision));
        if (
            fetcher.Cache.Find("hgRevision", question) is { } answer
            && fetcher.Trees.Find(Hash.ParseSri(answer.Value.RequireText("narHash"))) is { } cached
        )
            return cached;
        var archive = Output(
            "archive",
            "-R",
            clone,
            "-r",
            revision,
            "--config",
            "ui.archivemeta=false",
            "--type",
            "tar",
            "--prefix",
            "tree",
            "-"
        );
        using var unpacked = ArchiveReader.Unpack(
            new MemoryStream(archive, writable: false),
            fetcher.Trees.TemporaryFile()
        );
        var hash = fetcher.Trees.Add(SubTree.WithoutSingleDirectory(unpacked));
        fetcher.Cache.Remember(
            "hgRevision",
            question,
            InputAttributes.Of(("narHash", hash.ToSri()))
        );
        return fetcher.Trees.Find(hash)!;
    }

    private string Update(string source, FetchInput input)
    {
        var key = Hash.Compute(HashKind.Sha256, Encoding.UTF8.GetBytes(source));
        var clone = Path.Combine(
            fetcher.Settings.CacheFolder,
            "hg",
            key.Format(HashFormat.Nix32, withKind: false)
        );
        Directory.CreateDirectory(Path.GetDirectoryName(clone)!);
        using var gate = FileLock.Open(clone + ".lock");
        gate.Acquire(FileLockKind.Exclusive);
        if (!Directory.Exists(clone))
            Hg("clone", "--noupdate", "--", source, clone);
        else if (input.Revision is null || !Has(clone, InputScheme.RevisionText(input.Revision)))
            Hg("pull", "-R", clone, "--", source);
        return clone;
    }

    private bool Has(string clone, string revision) =>
        Try("log", "-R", clone, "-r", revision, "--template", "1").Exit.IsSuccess;

    private string Hg(params IReadOnlyList<string> arguments) =>
        Encoding.UTF8.GetString(Output(arguments));

    private byte[] Output(params IReadOnlyList<string> arguments)
    {
        var output = Try(arguments);
        return output.Exit.IsSuccess
            ? output.Output
            : throw new FetchException($"hg {output.Exit}\n{output.Error.TrimEnd()}");
    }

    private ProcessOutput Try(params IReadOnlyList<string> arguments)
    {
        // The same answers whatever the person has configured.
        var environment = new Dictionary<string, string>(
            fetcher.Settings.Environment,
            StringComparer.Ordinal
        )
        {
            ["HGPLAIN"] = "",
        };
        environment.TryAdd("PATH", "/usr/bin:/bin");
        try
        {
            return ProcessOutput.Run(
                new ProcessSpecification
                {
                    Program = "hg",
                    Arguments = arguments,
                    Environment = environment,
                    Group = ProcessGroupKind.Callers,
                },
                default,
                fetcher.Parts.CancellationToken
            );
        }
        catch (Win32Exception failure)
        {
            throw new FetchException(
                $"cannot run 'hg': {failure.Message}; Mercurial repositories need the program 'hg' in PATH",
                failure
            );
        }
    }
}
