using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Ferry.Platform.Sandbox;

/// <summary>Turns a specification into the instructions that <c>Native/sandbox.c</c> carries out in order.</summary>
/// <remarks>
/// Format, little-endian: 8 bytes "FERRYSB1"; u32 flags, root, parent process, host user, host group, user, group; then
/// instructions until the end: u8 code and operands. A text is u32 length, the bytes, and a NUL that is not counted.
/// </remarks>
internal sealed class SandboxProgram
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    private SandboxProgram() { }

    /// <param name="specification">What is to be carried out.</param>
    /// <param name="parent">The process whose end is the sandbox's end.</param>
    public static byte[] Encode(SandboxSpecification specification, int parent)
    {
        var program = new SandboxProgram();
        program.WriteHeader(specification, parent);
        program.WriteCommand(specification);
        program.WriteRoot(specification);
        return program._bytes.WrittenSpan.ToArray();
    }

    private enum Code : byte
    {
        Program = 1,
        Argument = 2,
        Environment = 3,
        WorkingDirectory = 4,
        HostName = 5,
        Limit = 6,
        Emulator = 7,
        TemporaryDirectory = 10,
        Directory = 11,
        File = 12,
        Link = 13,
        Bind = 14,
        Union = 15,
    }

    private void WriteHeader(SandboxSpecification specification, int parent)
    {
        var isAllIdentities =
            specification.Identity == SandboxIdentity.Caller
            && UserIdentity.IsRoot
            && !UserIdentity.IsLonelyRoot;
        var flags =
            (specification.HasDevices ? 1u : 0)
            | (specification.HasOwnProcesses ? 2u : 0)
            | (specification.HasNetwork ? 4u : 0)
            | (specification.IsLinux32 ? 8u : 0)
            | (specification.HasFixedAddresses ? 16u : 0)
            | (specification.FiltersSystemCalls ? 32u : 0)
            | (isAllIdentities ? 64u : 0);
        _bytes.Write("FERRYSB1"u8);
        WriteNumber(flags);
        WriteNumber((uint)specification.Root);
        WriteNumber((uint)parent);
        WriteNumber(specification.Identity.HostUser);
        WriteNumber(specification.Identity.HostGroup);
        WriteNumber(specification.Identity.User);
        WriteNumber(specification.Identity.Group);
    }

    private void WriteCommand(SandboxSpecification specification)
    {
        WriteTexts(Code.Program, specification.Program);
        foreach (var argument in specification.Arguments)
            WriteBytes(Code.Argument, argument);
        foreach (var variable in specification.Environment)
            WriteBytes(Code.Environment, variable);
        WriteTexts(Code.WorkingDirectory, specification.WorkingDirectory);
        WriteTexts(Code.HostName, specification.HostName);
        foreach (var limit in specification.Limits)
        {
            _bytes.Write([(byte)Code.Limit]);
            WriteNumber((uint)limit.Resource);
            WriteLongNumber(limit.Soft ?? ulong.MaxValue);
            WriteLongNumber(limit.Hard ?? ulong.MaxValue);
        }
        foreach (var emulator in specification.Emulators)
            WriteTexts(
                Code.Emulator,
                $":{emulator.Name}:M::{Escape(emulator.Magic)}:{Escape(emulator.Mask)}:",
                emulator.HostInterpreter,
                emulator.PreservesArgumentZero ? "FP" : "F"
            );
    }

    private void WriteRoot(SandboxSpecification specification)
    {
        foreach (var directory in specification.TemporaryDirectories)
        {
            WriteTexts(Code.TemporaryDirectory, directory.Path);
            WriteNumber((uint)directory.Mode);
            WriteLongNumber((ulong)(directory.SizeBytes ?? 0));
        }
        foreach (var directory in specification.Directories)
        {
            WriteTexts(Code.Directory, directory.Path);
            WriteNumber((uint)directory.Mode);
        }
        foreach (var file in specification.Files)
        {
            WriteTexts(Code.File, file.Path);
            WriteText(file.Content.Span);
            WriteNumber((uint)file.Mode);
        }
        foreach (var link in specification.Links)
            WriteTexts(Code.Link, link.Path, link.Target);
        foreach (var union in specification.Unions)
            WriteTexts(
                Code.Union,
                "lowerdir=" + string.Join(':', union.HostDirectories.Select(EscapeLayer)),
                union.Target
            );
        // Parents before what lies in them: a later mount would hide an earlier one below it.
        foreach (var bind in specification.Binds.OrderBy(b => b.Target, StringComparer.Ordinal))
        {
            WriteTexts(Code.Bind, bind.HostSource, bind.Target);
            WriteNumber((uint)bind.Access);
            WriteNumber(bind.IsOptional ? 1u : 0);
        }
    }

    // Commas separate mount options, colons separate layers.
    private static string EscapeLayer(string path) =>
        path.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(":", "\\:", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal);

    // A raw NUL would end the field early and make the rule match every program.
    private static string Escape(ReadOnlyMemory<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 4);
        foreach (var value in bytes.Span)
            text.Append("\\x").Append(value.ToString("x2"));
        return text.ToString();
    }

    private void WriteTexts(Code code, params ReadOnlySpan<string> texts)
    {
        _bytes.Write([(byte)code]);
        foreach (var text in texts)
            WriteText(Encoding.UTF8.GetBytes(text));
    }

    private void WriteBytes(Code code, ReadOnlyMemory<byte> bytes)
    {
        _bytes.Write([(byte)code]);
        WriteText(bytes.Span);
    }

    private void WriteText(ReadOnlySpan<byte> bytes)
    {
        WriteNumber((uint)bytes.Length);
        _bytes.Write(bytes);
        _bytes.Write([(byte)0]);
    }

    private void WriteNumber(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    private void WriteLongNumber(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }
}
