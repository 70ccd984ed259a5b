using System.Buffers;
using System.Text;
using Ferry.Evaluation.Printing;

namespace Ferry.Cli.Profiles;

/// <summary>Strings as they are written in a Nix program.</summary>
internal static class NixText
{
    public static string Quote(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        LiteralText.WriteString(output, Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
