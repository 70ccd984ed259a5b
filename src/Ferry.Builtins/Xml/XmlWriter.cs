using System.Buffers;
using Ferry.Formats;

namespace Ferry.Builtins.Xml;

/// <summary>Indented XML as <c>builtins.toXML</c> prints it: one element a line, two spaces a level.</summary>
public sealed class XmlWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly Stack<string> _open = new();

    public XmlWriter(IBufferWriter<byte> output)
    {
        _output = output;
        Raw("<?xml version='1.0' encoding='utf-8'?>\n");
    }

    /// <param name="name">The element's name.</param>
    /// <param name="attributes">In the order to be printed, which is alphabetical in stock.</param>
    public void Open(string name, params ReadOnlySpan<(string Name, ByteString Value)> attributes)
    {
        Begin(name, attributes);
        Raw(">\n");
        _open.Push(name);
    }

    public void Close()
    {
        var name = _open.Pop();
        Indent();
        Raw($"</{name}>\n");
    }

    /// <summary>Ends whatever is open.</summary>
    public void CloseAll()
    {
        while (_open.Count > 0)
            Close();
    }

    public void Empty(string name, params ReadOnlySpan<(string Name, ByteString Value)> attributes)
    {
        Begin(name, attributes);
        Raw(" />\n");
    }

    private void Begin(string name, ReadOnlySpan<(string Name, ByteString Value)> attributes)
    {
        Indent();
        Raw($"<{name}");
        foreach (var (key, value) in attributes)
        {
            Raw($" {key}=\"");
            Escape(value.Span);
            Raw("\"");
        }
    }

    private void Indent()
    {
        for (var level = 0; level < _open.Count; level++)
            Raw("  ");
    }

    private void Escape(ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                case (byte)'"':
                    Raw("&quot;");
                    break;
                case (byte)'<':
                    Raw("&lt;");
                    break;
                case (byte)'>':
                    Raw("&gt;");
                    break;
                case (byte)'&':
                    Raw("&amp;");
                    break;
                case (byte)'\n':
                    // A bare line feed in an attribute would be read back as a space (XML 1.0, 3.3.3).
                    Raw("&#xA;");
                    break;
                default:
                    _output.GetSpan(1)[0] = character;
                    _output.Advance(1);
                    break;
            }
        }
    }

    private void Raw(string text) => _output.Write(((ByteString)text).Span);
}
