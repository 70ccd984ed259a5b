using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Ferry.Syntax.Diagnostics;
using static Ferry.Syntax.Lexing.CharacterClasses;

namespace Ferry.Syntax.Lexing;

/// <content>Integers and floating-point numbers.</content>
internal sealed partial class Lexer
{
    // The smallest number that keeps all its digits; below it the C library reports a range error.
    private const double SmallestNormal = 2.2250738585072014E-308;

    private TokenKind NextNumber()
    {
        if (PathLength(End) is > 0 and var pathLength)
            return AcceptPath(pathLength, TokenKind.Path);

        var end = SkipDigits(End);
        if (ByteAt(end) == '.')
        {
            // "1." and "0.5" are numbers; "0." and "00.5" are an integer and more.
            var startsWithDigit = ByteAt(End) != '0';
            var isZero = end == End + 1 && !startsWithDigit;
            if (startsWithDigit || (isZero && Is(ByteAt(end + 1), Digit)))
                return AcceptFloat(end + 1);
        }

        Accept(end - End);
        if (!Utf8Parser.TryParse(Written, out long value, out var used) || used != End - Start)
            throw SyntaxErrors.InvalidInteger(Location(Start), Encoding.UTF8.GetString(Written));

        Integer = value;
        return TokenKind.Integer;
    }

    private int SkipDigits(int offset)
    {
        while (Is(ByteAt(offset), Digit))
            offset++;
        return offset;
    }

    private TokenKind AcceptFloat(int fractionStart)
    {
        var end = SkipDigits(fractionStart);
        if (ByteAt(end) is (byte)'e' or (byte)'E')
        {
            var exponent = end + (ByteAt(end + 1) is (byte)'+' or (byte)'-' ? 2 : 1);
            if (Is(ByteAt(exponent), Digit))
                end = SkipDigits(exponent);
        }

        Accept(end - End);
        Float = double.Parse(Written, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(Float) || (Float < SmallestNormal && HasSignificantDigit(Written)))
            throw SyntaxErrors.InvalidFloat(Location(Start), Encoding.UTF8.GetString(Written));

        return TokenKind.Float;
    }

    private static bool HasSignificantDigit(ReadOnlySpan<byte> number)
    {
        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponent < 0 ? number : number[..exponent];
        return mantissa.ContainsAnyInRange((byte)'1', (byte)'9');
    }
}
