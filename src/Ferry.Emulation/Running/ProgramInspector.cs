using System.Text;
using Ferry.Emulation.Architectures;
using Ferry.Emulation.Elf;
using Ferry.Platform.Files;

namespace Ferry.Emulation.Running;

/// <summary>What the kernel would have to execute for a program.</summary>
/// <param name="Path">The ELF file: the program itself, or the interpreter its first line leads to. As the program sees it.</param>
/// <param name="Header">What it says of its machine.</param>
/// <param name="Architecture">Null when QEMU does not know the machine.</param>
public sealed record InspectedProgram(string Path, ElfHeader Header, Architecture? Architecture);

/// <summary>Finds out for which machine a program is, following <c>#!</c> lines and links.</summary>
/// <param name="toHostPath">
/// Where a path that the program will see lies now; differs from the path itself where a store is mapped elsewhere.
/// </param>
public sealed class ProgramInspector(Func<string, string> toHostPath)
{
    // The kernel itself follows five.
    private const int ScriptsMax = 5;
    private const int LinksMax = 40;

    // BINPRM_BUF_SIZE: the kernel reads no more of a first line.
    private const int FirstLineLengthMax = 256;

    /// <param name="path">Absolute, as the program will be seen.</param>
    /// <exception cref="EmulationException">It is no program, or its interpreter is missing.</exception>
    public InspectedProgram Inspect(string path)
    {
        var current = path;
        for (var depth = 0; depth <= ScriptsMax; depth++)
        {
            var real = FollowLinks(current, path);
            if (ElfReader.Read(real) is { } header)
            {
                return header.IsExecutable
                    ? new(current, header, ArchitectureTable.FindByProgram(header))
                    : throw EmulationException.NotAProgram(path, "it is an object file");
            }
            current =
                ReadInterpreter(real)
                ?? throw EmulationException.NotAProgram(
                    path,
                    current == path
                        ? "it is neither an ELF program nor a script"
                        : $"its interpreter '{current}' is neither an ELF program nor a script"
                );
        }
        throw EmulationException.NotAProgram(path, "its interpreter is a script of a script of …");
    }

    // Link by link, since a target of one is a path that the program sees, not one of the host.
    private string FollowLinks(string path, string program)
    {
        var current = path;
        for (var count = 0; count < LinksMax; count++)
        {
            var real = toHostPath(current);
            var status =
                FileStatus.TryGet(real)
                ?? throw EmulationException.NotAProgram(
                    program,
                    current == program ? "no such file" : $"'{current}' does not exist"
                );
            if (status.Kind == FileKind.Directory)
                throw EmulationException.NotAProgram(program, "it is a directory");
            if (status.Kind != FileKind.SymbolicLink)
                return real;
            var target = Encoding.UTF8.GetString(SymbolicLink.ReadTarget(real));
            current = Path.GetFullPath(target, Path.GetDirectoryName(current)!);
        }
        throw EmulationException.NotAProgram(program, "too many symbolic links");
    }

    private static string? ReadInterpreter(string real)
    {
        Span<byte> start = stackalloc byte[FirstLineLengthMax];
        using var file = FileHandles.Open(real, FileOpening.Read);
        start = start[..RandomAccess.Read(file, start, 0)];
        if (!start.StartsWith("#!"u8))
            return null;
        var end = start.IndexOf((byte)'\n');
        var line = Encoding
            .UTF8.GetString(start[2..(end < 0 ? start.Length : end)])
            .Trim(' ', '\t');
        var blank = line.IndexOfAny([' ', '\t']);
        var interpreter = blank < 0 ? line : line[..blank];
        return interpreter.StartsWith('/') ? interpreter : null;
    }
}
