namespace Ferry.Builtins.RegularExpressions;

internal enum RegexToken
{
    End,
    Character,
    AnyCharacter,
    GroupBegin,
    GroupEnd,
    BracketBegin,
    NegatedBracketBegin,
    BracketEnd,
    BracketDash,
    ClassName,
    CollatingSymbol,
    EquivalenceClass,
    Optional,
    Or,
    ZeroOrMore,
    OneOrMore,
    LineBegin,
    LineEnd,
    IntervalBegin,
    IntervalEnd,
    Count,
    Comma,
}

/// <summary>Cuts a POSIX extended pattern into tokens, always one ahead of the compiler.</summary>
/// <remarks>Source: the scanner of libstdc++ in <c>extended</c> mode, built with strict ANSI: unknown escapes fail.</remarks>
internal sealed class RegexScanner
{
    private enum Mode
    {
        Normal,
        InBracket,
        InBrace,
    }

    private readonly byte[] _pattern;
    private int _position;
    private Mode _mode;
    private bool _isAtBracketStart;

    public RegexScanner(byte[] pattern)
    {
        _pattern = pattern;
        Advance();
    }

    public RegexToken Token { get; private set; }

    /// <summary>The byte of a character, the name of a class, the digits of a count.</summary>
    public byte[] Value { get; private set; } = [];

    /// <summary>Steps over the current token if it is of this kind; <paramref name="value"/> is then its value.</summary>
    public bool TryTake(RegexToken token, out byte[] value)
    {
        value = Value;
        if (Token != token)
            return false;
        Advance();
        return true;
    }

    public bool TryTake(RegexToken token) => TryTake(token, out _);

    private bool IsAtEnd => _position == _pattern.Length;

    private void Advance()
    {
        if (IsAtEnd)
        {
            Token = RegexToken.End;
            return;
        }

        switch (_mode)
        {
            case Mode.InBracket:
                ScanInBracket();
                break;
            case Mode.InBrace:
                ScanInBrace();
                break;
            default:
                ScanNormal();
                break;
        }
    }

    private void ScanNormal()
    {
        var character = _pattern[_position++];
        switch (character)
        {
            case (byte)'\\':
                ScanEscape();
                break;
            case (byte)'[':
                _mode = Mode.InBracket;
                _isAtBracketStart = true;
                Token = RegexToken.BracketBegin;
                if (!IsAtEnd && _pattern[_position] == '^')
                {
                    Token = RegexToken.NegatedBracketBegin;
                    _position++;
                }
                break;
            case (byte)'{':
                _mode = Mode.InBrace;
                Token = RegexToken.IntervalBegin;
                break;
            case 0:
                throw RegexSyntaxException.Invalid("a null byte");
            default:
                Token = (char)character switch
                {
                    '(' => RegexToken.GroupBegin,
                    ')' => RegexToken.GroupEnd,
                    '^' => RegexToken.LineBegin,
                    '$' => RegexToken.LineEnd,
                    '.' => RegexToken.AnyCharacter,
                    '*' => RegexToken.ZeroOrMore,
                    '+' => RegexToken.OneOrMore,
                    '?' => RegexToken.Optional,
                    '|' => RegexToken.Or,
                    _ => RegexToken.Character,
                };
                Value = [character];
                break;
        }
    }

    private void ScanEscape()
    {
        if (IsAtEnd)
            throw RegexSyntaxException.Invalid("an escape at the end");
        var character = _pattern[_position++];
        if (character == 0 || !".[\\()*+?{|^$"u8.Contains(character))
            throw RegexSyntaxException.Invalid("an escaped ordinary character");
        Token = RegexToken.Character;
        Value = [character];
    }

    private void ScanInBracket()
    {
        var character = _pattern[_position++];
        Token = RegexToken.Character;
        Value = [character];
        if (character == '-')
            Token = RegexToken.BracketDash;
        else if (character == '[')
            ScanNamedClass();
        else if (character == ']' && !_isAtBracketStart)
        {
            Token = RegexToken.BracketEnd;
            _mode = Mode.Normal;
        }

        _isAtBracketStart = false;
    }

    private void ScanNamedClass()
    {
        if (IsAtEnd)
            throw RegexSyntaxException.Invalid("an incomplete '[['");
        var kind = _pattern[_position];
        if (kind is not ((byte)'.' or (byte)':' or (byte)'='))
            return;

        Token = (char)kind switch
        {
            '.' => RegexToken.CollatingSymbol,
            ':' => RegexToken.ClassName,
            _ => RegexToken.EquivalenceClass,
        };
        var start = ++_position;
        var length = _pattern.AsSpan(start).IndexOf(kind);
        var end = start + length + 1;
        if (length < 0 || end >= _pattern.Length || _pattern[end] != ']')
            throw RegexSyntaxException.Invalid("an unterminated class name");
        Value = _pattern[start..(start + length)];
        _position = end + 1;
    }

    private void ScanInBrace()
    {
        var character = _pattern[_position++];
        if (char.IsAsciiDigit((char)character))
        {
            var start = _position - 1;
            while (!IsAtEnd && char.IsAsciiDigit((char)_pattern[_position]))
                _position++;
            Token = RegexToken.Count;
            Value = _pattern[start.._position];
        }
        else if (character == ',')
            Token = RegexToken.Comma;
        else if (character == '}')
        {
            _mode = Mode.Normal;
            Token = RegexToken.IntervalEnd;
        }
        else
            throw RegexSyntaxException.Invalid("an unexpected character within '{}'");
    }
}
