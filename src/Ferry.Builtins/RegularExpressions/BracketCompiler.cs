using System.Text;

namespace Ferry.Builtins.RegularExpressions;

/// <summary>Compiles what stands between <c>[</c> and <c>]</c> into a set of bytes.</summary>
internal sealed class BracketCompiler(RegexScanner scanner)
{
    private enum Last
    {
        Nothing,
        Character,
        Class,
    }

    private readonly bool[] _accepts = new bool[256];
    private Last _last;
    private byte _lastCharacter;

    public bool[] Compile(bool isNegated)
    {
        if (scanner.TryTake(RegexToken.Character, out var first))
            Remember(first[0]);
        else if (scanner.TryTake(RegexToken.BracketDash))
            Remember((byte)'-');
        while (Term()) { }

        AddRemembered();
        if (isNegated)
        {
            for (var index = 0; index < _accepts.Length; index++)
                _accepts[index] = !_accepts[index];
        }

        return _accepts;
    }

    /// <returns>False at the closing bracket.</returns>
    private bool Term()
    {
        if (scanner.TryTake(RegexToken.BracketEnd))
            return false;
        if (scanner.TryTake(RegexToken.CollatingSymbol, out var symbol))
        {
            var element = CollatingElement(symbol);
            _accepts[element] = true;
            Remember(element);
        }
        else if (scanner.TryTake(RegexToken.EquivalenceClass, out var equivalent))
        {
            AddRemembered();
            _last = Last.Class;
            AddEquivalents(CollatingElement(equivalent));
        }
        else if (scanner.TryTake(RegexToken.ClassName, out var name))
        {
            AddRemembered();
            _last = Last.Class;
            AddClass(Encoding.Latin1.GetString(name));
        }
        else if (scanner.TryTake(RegexToken.Character, out var character))
            Remember(character[0]);
        else if (scanner.TryTake(RegexToken.BracketDash))
            return Dash();
        else
            throw RegexSyntaxException.Invalid("'[' without ']'");
        return true;
    }

    // POSIX lets a dash stand for itself only as the first or last character.
    private bool Dash()
    {
        if (scanner.TryTake(RegexToken.BracketEnd))
        {
            Remember((byte)'-');
            return false;
        }

        if (_last != Last.Character)
            throw RegexSyntaxException.Invalid("a range without a start");
        if (scanner.TryTake(RegexToken.Character, out var end))
            AddRange(_lastCharacter, end[0]);
        else if (scanner.TryTake(RegexToken.BracketDash))
            AddRange(_lastCharacter, (byte)'-');
        else
            throw RegexSyntaxException.Invalid("a range without an end");
        _last = Last.Nothing;
        return true;
    }

    private void Remember(byte character)
    {
        AddRemembered();
        _last = Last.Character;
        _lastCharacter = character;
    }

    private void AddRemembered()
    {
        if (_last == Last.Character)
            _accepts[_lastCharacter] = true;
        _last = Last.Nothing;
    }

    // Bytes compare as signed char, which is what libstdc++ does on every platform that stock is built for here.
    private void AddRange(byte first, byte last)
    {
        if ((sbyte)first > (sbyte)last)
            throw RegexSyntaxException.Invalid("a range that runs backwards");
        for (int value = (sbyte)first; value <= (sbyte)last; value++)
            _accepts[(byte)value] = true;
    }

    private void AddClass(string name)
    {
        var test =
            ByteClasses.Class(name) ?? throw RegexSyntaxException.Invalid("an unknown class");
        for (var value = 0; value < 256; value++)
            _accepts[value] |= test((char)value);
    }

    // In the "C" locale two bytes are equivalent when they differ in case only.
    private void AddEquivalents(byte element)
    {
        for (var value = 0; value < 256; value++)
        {
            if (Lower((byte)value) == Lower(element))
                _accepts[value] = true;
        }
    }

    private static byte Lower(byte value) =>
        char.IsAsciiLetterUpper((char)value) ? (byte)(value + 32) : value;

    private static byte CollatingElement(byte[] name) =>
        ByteClasses.CollatingElement(Encoding.Latin1.GetString(name))
        ?? throw RegexSyntaxException.Invalid("an unknown collating element");
}
