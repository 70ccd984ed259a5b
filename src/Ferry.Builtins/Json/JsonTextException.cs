namespace Ferry.Builtins.Json;

/// <summary>Text that is not JSON, or a value that JSON cannot hold. The message is that of stock's JSON library.</summary>
public sealed class JsonTextException : Exception
{
    private JsonTextException(string message)
        : base(message) { }

    internal static JsonTextException Parse(int line, int column, string detail) =>
        new(
            $"[json.exception.parse_error.101] parse error at line {line}, column {column}: {detail}"
        );

    internal static JsonTextException NumberOverflow(string token) =>
        new($"[json.exception.out_of_range.406] number overflow parsing '{token}'");

    internal static JsonTextException BadUtf8(int index, byte value) =>
        new($"[json.exception.type_error.316] invalid UTF-8 byte at index {index}: 0x{value:X2}");

    internal static JsonTextException IncompleteUtf8(byte last) =>
        new($"[json.exception.type_error.316] incomplete UTF-8 string; last byte: 0x{last:X2}");
}
