using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Paths as text, and questions about what is there.</summary>
internal static class PathBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("baseNameOf", ["x"], "Returns what follows the last slash.", BaseNameOf)
        {
            IsGlobal = true,
        },
        new("dirOf", ["s"], "Returns what comes before the last slash.", DirOf) { IsGlobal = true },
        new("pathExists", ["path"], "Tells whether there is a file at a path.", PathExists),
        new("readDir", ["path"], "Returns the entries of a directory with their types.", ReadDir),
        new("readFileType", ["p"], "Returns the type of the file at a path.", ReadFileType),
        new(
            "storePath",
            ["path"],
            "Makes an existing store path usable as a dependency.",
            StorePath
        ),
        new("toPath", ["s"], "Returns an absolute path as a string.", ToPath),
    ];

    private static Value BaseNameOf(in BuiltinCall call)
    {
        var text = call.CoerceToString(
            call.Argument(0),
            call.Because(0),
            StringCoercion.CanonicalizePath
        );
        var bytes = text.Bytes;

        // One slash at the end is ignored, not more: names of store objects depend on it.
        var end = bytes.Length > 1 && bytes[^1] == '/' ? bytes.Length - 1 : bytes.Length;
        var start = bytes[..end].LastIndexOf((byte)'/') + 1;
        return Value.Of(text.Substring(start, end - start));
    }

    private static Value DirOf(in BuiltinCall call)
    {
        var value = call.Force(0);
        if (value.IsPath)
            return Value.Path(PathText.DirectoryOf(value.AsPath.ToString()));
        var text = call.CoerceToString(
            value,
            "while evaluating the first argument passed to 'builtins.dirOf'",
            StringCoercion.CanonicalizePath
        );
        return text.Bytes.LastIndexOf((byte)'/') switch
        {
            -1 => Value.Of(StringValue.Create("."u8, text.Context)),
            0 => Value.Of(StringValue.Create("/"u8, text.Context)),
            var slash => Value.Of(text.Substring(0, slash)),
        };
    }

    // A slash at the end of a string asks for a directory.
    private static Value PathExists(in BuiltinCall call)
    {
        var value = call.Force(0);
        var mustBeDirectory =
            value.IsString
            && (value.AsString.Bytes.EndsWith("/"u8) || value.AsString.Bytes.EndsWith("/."u8));
        var path = FileAccess.RealiseUnresolved(call, 0);
        // A store that nobody has written to yet, or that is none, has its folder all the same.
        if (path == call.Evaluator.Store.Directory.Path)
            return Value.True;
        // What may not be looked at is not there.
        if (!call.Files.IsAllowed(path))
            return Value.False;
        var kind = call.Files.Kind(mustBeDirectory ? call.Files.ResolveLinks(path) : path);
        return Value.Of(mustBeDirectory ? kind == SourceFileKind.Directory : kind is not null);
    }

    private static Value ReadDir(in BuiltinCall call)
    {
        var entries = call.Files.List(FileAccess.Realise(call, 0));
        var result = new AttributeSetBuilder(entries.Count);
        foreach (var entry in entries)
            result.Add(entry.Name, TypeName(entry.Kind));
        return result.ToValue();
    }

    private static Value ReadFileType(in BuiltinCall call)
    {
        var path = FileAccess.RealiseUnresolved(call, 0);
        var kind = call.Files.Kind(path);
        return kind is { } known
            ? TypeName(known)
            : throw BuiltinCall.Fail($"path '{call.Files.Show(path)}' does not exist");
    }

    /// <summary>What the language calls a type of file.</summary>
    public static Value TypeName(SourceFileKind kind) =>
        kind switch
        {
            SourceFileKind.Regular or SourceFileKind.Executable => Value.Of("regular"u8),
            SourceFileKind.Directory => Value.Of("directory"u8),
            SourceFileKind.SymbolicLink => Value.Of("symlink"u8),
            _ => Value.Of("unknown"u8),
        };

    private static Value StorePath(in BuiltinCall call)
    {
        if (call.Settings.IsPure)
            throw BuiltinCall.Fail(
                $"'{"builtins.storePath"}' is not allowed in pure evaluation mode"
            );
        var context = StringContext.Empty;
        var path = call.CoerceToPath(
            call.Argument(0),
            ref context,
            "while evaluating the first argument passed to 'builtins.storePath'"
        );

        // A link right in the store is an object of its own and stays as it is.
        var directory = call.Store.Directory;
        if (directory.TryParse(path) is null)
            path = call.Files.ResolveLinks(path);
        if (!directory.Contains(path))
            throw BuiltinCall.Fail($"path '{path}' is not in the Nix store");
        var (storePath, _) = FormatErrors.Explain(() => directory.Split(path));
        if (!call.Settings.IsReadOnly)
            call.Store.EnsureValid(storePath);
        return Value.Of(StringValue.Create(path, context.Add(ContextElement.Opaque(storePath))));
    }

    private static Value ToPath(in BuiltinCall call)
    {
        var context = StringContext.Empty;
        var path = call.CoerceToPath(call.Argument(0), ref context, call.Because(0));
        return Value.Of(StringValue.Create(path, context));
    }
}
