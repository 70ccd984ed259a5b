using System.Collections.Concurrent;
using System.Formats.Tar;
using Ferry.Debian.Archives;
using Ferry.Debian.Elf;

namespace Ferry.Debian.Prefixes;

/// <summary>Unpacks packages over each other into one relocated directory.</summary>
/// <remarks>
/// The result depends on the specification and the packages alone: not on the host, the number of threads or their
/// timing. Two packages may bring the same path only with the same content.
/// </remarks>
public sealed class PrefixAssembler
{
    // Files are relocated in memory. The largest so far is a compiler of 57 MB.
    private const long FileLengthMax = 1L << 30;

    private readonly PrefixSpecification _specification;
    private readonly PrefixPlaces _places;
    private readonly PathMapping _mapping;
    private readonly PrefixTree _tree;
    private readonly (ElfMachine Machine, string Interpreter, string RunPath)[] _relocations;

    private PrefixAssembler(PrefixSpecification specification, PrefixPlaces places)
    {
        _specification = specification;
        _places = places;
        _mapping = new(specification);
        _tree = new(places.Output);
        _relocations =
        [
            .. specification.Relocations.Select(relocation =>
                (
                    ElfMachine.OfSystem(relocation.System),
                    places.Expand(relocation.Interpreter),
                    string.Join(':', relocation.RunPath.Select(places.Expand))
                )
            ),
        ];
    }

    /// <summary>Makes the prefix at <see cref="PrefixPlaces.Output"/>, where nothing exists yet.</summary>
    /// <param name="specification">What to make.</param>
    /// <param name="places">Where.</param>
    /// <param name="progress">Takes bytes of packages done and bytes of packages in all.</param>
    /// <param name="cancellationToken">Looked at before each file.</param>
    /// <exception cref="DebianException">A package is damaged, packages conflict, or a file cannot be
    /// relocated.</exception>
    public static void Assemble(
        PrefixSpecification specification,
        PrefixPlaces places,
        Action<long, long> progress,
        CancellationToken cancellationToken
    )
    {
        var assembler = new PrefixAssembler(specification, places);
        Directory.CreateDirectory(places.Output);
        assembler.Unpack(progress, cancellationToken);
        assembler.Complete();
    }

    private void Unpack(Action<long, long> progress, CancellationToken cancellationToken)
    {
        var files = _specification.Packages.Select(_places.RealPath).ToArray();
        var lengths = files.ToDictionary(file => file, file => new FileInfo(file).Length);
        var total = lengths.Values.Sum();
        var done = 0L;

        // The largest first: it would otherwise be alone on one processor at the end. Order does not show in the
        // result.
        var options = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        try
        {
            Parallel.ForEach(
                Partitioner.Create(
                    files.OrderByDescending(file => lengths[file]).ToList(),
                    loadBalance: true
                ),
                options,
                file =>
                {
                    UnpackPackage(file, cancellationToken);
                    progress(Interlocked.Add(ref done, lengths[file]), total);
                }
            );
        }
        // One broken package is the usual case; its own words say more than "one or more errors".
        catch (AggregateException exception)
            when (exception.Flatten().InnerExceptions is [var only, ..])
        {
            throw only is DebianException
                ? new DebianException(only.Message, exception)
                : exception;
        }
    }

    private void UnpackPackage(string file, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file);
        try
        {
            using var stream = File.OpenRead(file);
            DebPackage.ReadData(
                stream,
                entry =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Take(entry);
                }
            );
        }
        catch (DebianException exception)
        {
            throw new DebianException($"'{name}': {exception.Message}", exception);
        }
    }

    private void Take(TarEntry entry)
    {
        var path = _mapping.Map(entry.Name);
        if (path.Length == 0 || !_mapping.Takes(path))
            return;

        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                // Directories come with their files: an empty one holds nothing that a build could want.
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                TakeFile(entry, path);
                break;
            case TarEntryType.SymbolicLink:
                var target = _mapping.MapLinkTarget(entry.Name, entry.LinkName);
                // Once directories are merged, a compatibility link may lead to its own place.
                if (target != path)
                    _tree.AddLink(path, target);
                break;
            case TarEntryType.HardLink:
                // A second name does as well, and costs nothing.
                _tree.AddLink(path, _mapping.Map(entry.LinkName));
                break;
            default:
                throw new DebianException(
                    $"'{entry.Name}' is a {entry.EntryType}, which a prefix cannot hold"
                );
        }
    }

    private void TakeFile(TarEntry entry, string path)
    {
        if (entry.Length > FileLengthMax)
            throw new DebianException(
                $"'{entry.Name}' has {entry.Length} bytes, too many for a file of a toolchain"
            );
        var content = new byte[entry.Length];
        entry.DataStream?.ReadExactly(content);
        content = Relocate(content, entry.Name);
        _tree.AddFile(path, content, isExecutable: entry.Mode.HasFlag(UnixFileMode.UserExecute));
    }

    private byte[] Relocate(byte[] content, string name)
    {
        foreach (var (machine, interpreter, runPath) in _relocations)
        {
            try
            {
                var outcome = ElfRelocator.Relocate(
                    content,
                    machine,
                    interpreter,
                    runPath,
                    out var relocated
                );
                if (outcome != ElfRelocation.NotNeeded)
                    return relocated;
            }
            catch (DebianException exception)
            {
                throw new DebianException(
                    $"cannot relocate '{name}': {exception.Message}",
                    exception
                );
            }
        }

        return content;
    }

    private void Complete()
    {
        foreach (var (path, target) in _specification.Links)
            _tree.SetExtraLink(path, _places.Expand(target));
        foreach (var (path, wrapper) in _specification.Wrappers)
            _tree.Wrap(path, wrapper, _places);
        _tree.WriteLinks(_places, _specification.Companions);
        new ScriptRewriter(_tree, _mapping, _specification, _places).Rewrite();
    }
}
