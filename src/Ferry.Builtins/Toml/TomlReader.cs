using Ferry.Formats;

namespace Ferry.Builtins.Toml;

/// <summary>Reads a TOML 1.0 document. Source: toml.io, version 1.0.0, which stock asks its library for.</summary>
public sealed class TomlReader
{
    // Arrays and inline tables nest by recursion, a few hundred bytes of stack a level.
    private const int DepthMax = 5_000;

    private readonly TomlCursor _cursor;
    private readonly TomlTable _root = new() { Origin = TomlTableOrigin.Header };
    private int _depth;

    private TomlReader(ReadOnlySpan<byte> text) => _cursor = new TomlCursor(text);

    /// <exception cref="TomlTextException">The text is not TOML 1.0.</exception>
    public static TomlTable Read(ReadOnlySpan<byte> text)
    {
        var reader = new TomlReader(text);
        reader.Document();
        return reader._root;
    }

    private void Document()
    {
        var table = _root;
        while (true)
        {
            _cursor.SkipLines();
            if (_cursor.Current == TomlCursor.EndOfText)
                return;
            if (_cursor.TryTake("[["u8))
                table = ArrayHeader();
            else if (_cursor.TryTake("["u8))
                table = Header();
            else
                KeyValue(table);
            _cursor.FinishLine();
        }
    }

    private TomlTable Header()
    {
        var path = Path();
        _cursor.Expect("]"u8, "']'");
        var parent = Enter(path);
        if (!parent.Members.TryGetValue(path[^1], out var existing))
            return Define(parent, path[^1], TomlTableOrigin.Header);
        if (existing is not TomlTable { Origin: TomlTableOrigin.Implied } table)
            throw _cursor.Fail($"'{path[^1]}' is defined twice");
        table.Origin = TomlTableOrigin.Header;
        return table;
    }

    private TomlTable ArrayHeader()
    {
        var path = Path();
        _cursor.Expect("]]"u8, "']]'");
        var parent = Enter(path);
        if (!parent.Members.TryGetValue(path[^1], out var existing))
            parent.Members.Add(path[^1], existing = new TomlArray { IsOfTables = true });
        if (existing is not TomlArray { IsOfTables: true } array)
            throw _cursor.Fail($"'{path[^1]}' is not an array of tables");
        var table = new TomlTable { Origin = TomlTableOrigin.Header };
        array.Elements.Add(table);
        return table;
    }

    // From the root to the parent of the last name, making what is missing.
    private TomlTable Enter(List<ByteString> path)
    {
        var table = _root;
        foreach (var name in path[..^1])
        {
            table = table.Members.GetValueOrDefault(name) switch
            {
                null => Define(table, name, TomlTableOrigin.Implied),
                TomlTable { Origin: not TomlTableOrigin.Inline } inner => inner,
                TomlArray { IsOfTables: true } array => (TomlTable)array.Elements[^1],
                _ => throw _cursor.Fail($"'{name}' cannot be extended"),
            };
        }

        return table;
    }

    private void KeyValue(TomlTable table)
    {
        var path = Path();
        _cursor.Expect("="u8, "'='");
        _cursor.SkipBlanks();
        foreach (var name in path[..^1])
        {
            table = table.Members.GetValueOrDefault(name) switch
            {
                null => Define(table, name, TomlTableOrigin.DottedKey),
                TomlTable { Origin: TomlTableOrigin.DottedKey } inner => inner,
                _ => throw _cursor.Fail($"'{name}' cannot be extended"),
            };
        }

        if (table.Members.ContainsKey(path[^1]))
            throw _cursor.Fail($"'{path[^1]}' is defined twice");
        table.Members.Add(path[^1], Value());
    }

    private static TomlTable Define(TomlTable parent, ByteString name, TomlTableOrigin origin)
    {
        var table = new TomlTable { Origin = origin };
        parent.Members.Add(name, table);
        return table;
    }

    private List<ByteString> Path()
    {
        var path = new List<ByteString>();
        do
        {
            _cursor.SkipBlanks();
            path.Add(Key());
            _cursor.SkipBlanks();
        } while (_cursor.TryTake("."u8));

        return path;
    }

    private ByteString Key()
    {
        if (_cursor.Current is '"' or '\'')
            return TomlStrings.ReadSingleLine(_cursor);
        var rest = _cursor.Rest;
        var length = 0;
        while (length < rest.Length && IsBareKey(rest[length]))
            length++;
        if (length == 0)
            throw _cursor.Fail("expected a key");
        _cursor.Position += length;
        return new ByteString(rest[..length]);
    }

    private static bool IsBareKey(byte character) =>
        char.IsAsciiLetterOrDigit((char)character) || character is (byte)'-' or (byte)'_';

    private TomlValue Value()
    {
        switch (_cursor.Current)
        {
            case '"' or '\'':
                return new TomlString(TomlStrings.Read(_cursor));
            case '[':
                return Nested(Array);
            case '{':
                return Nested(InlineTable);
            case 't' when _cursor.TryTake("true"u8):
                return new TomlBoolean(true);
            case 'f' when _cursor.TryTake("false"u8):
                return new TomlBoolean(false);
            default:
                return TomlNumbers.Read(_cursor);
        }
    }

    private TomlValue Nested(Func<TomlValue> read)
    {
        if (++_depth > DepthMax)
            throw _cursor.Fail($"more than {DepthMax} nested values");
        _cursor.Position++;
        var value = read();
        _depth--;
        return value;
    }

    private TomlArray Array()
    {
        var array = new TomlArray();
        while (true)
        {
            _cursor.SkipLines();
            if (_cursor.TryTake("]"u8))
                return array;
            array.Elements.Add(Value());
            _cursor.SkipLines();
            if (!_cursor.TryTake(","u8))
            {
                _cursor.Expect("]"u8, "',' or ']'");
                return array;
            }
        }
    }

    private TomlTable InlineTable()
    {
        var table = new TomlTable { Origin = TomlTableOrigin.Inline };
        _cursor.SkipBlanks();
        if (!_cursor.TryTake("}"u8))
        {
            do
            {
                _cursor.SkipBlanks();
                KeyValue(table);
                _cursor.SkipBlanks();
            } while (_cursor.TryTake(","u8));
            _cursor.Expect("}"u8, "',' or '}'");
        }

        Seal(table);
        return table;
    }

    // Inside the braces dotted keys may share tables; outside nothing may be added any more.
    private static void Seal(TomlTable table)
    {
        foreach (var member in table.Members.Values)
        {
            if (member is TomlTable { Origin: TomlTableOrigin.DottedKey } inner)
            {
                inner.Origin = TomlTableOrigin.Inline;
                Seal(inner);
            }
        }
    }
}
