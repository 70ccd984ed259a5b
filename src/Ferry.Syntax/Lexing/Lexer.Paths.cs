using Ferry.Syntax.Diagnostics;
using static Ferry.Syntax.Lexing.CharacterClasses;

namespace Ferry.Syntax.Lexing;

/// <content>Paths, search paths and URL literals.</content>
internal sealed partial class Lexer
{
    private int _pathRowStart;
    private int _pathRowEnd;
    private int _schemeStart;
    private int _schemeEnd;

    // Length of a path that starts at the offset, or of its literal start before "${"; 0 if there is none.
    private int PathLength(int start)
    {
        var end = SkipPathParts(start);
        if (ByteAt(end) != '/')
            return 0;
        if (ByteAt(end + 1) == '$' && ByteAt(end + 2) == '{')
            return end + 1 - start;
        if (!Is(ByteAt(end + 1), PathPart))
            return 0;

        return SkipFolders(end) - start;
    }

    // Names in a row of dots are asked one by one whether they start a path, so the last row is remembered.
    private int SkipPathParts(int offset)
    {
        if (offset >= _pathRowStart && offset < _pathRowEnd)
            return _pathRowEnd;

        var end = offset;
        while (Is(ByteAt(end), PathPart))
            end++;
        (_pathRowStart, _pathRowEnd) = (offset, end);
        return end;
    }

    // Any number of "/part", then perhaps one slash more.
    private int SkipFolders(int offset)
    {
        while (ByteAt(offset) == '/' && Is(ByteAt(offset + 1), PathPart))
            offset = SkipPathParts(offset + 1);
        return ByteAt(offset) == '/' ? offset + 1 : offset;
    }

    private TokenKind AcceptPath(int length, TokenKind kind)
    {
        Accept(length);
        Push(ByteAt(End - 1) == '/' ? Mode.PathAfterSlash : Mode.Path);
        return kind;
    }

    private TokenKind NextInPath()
    {
        Documentation = default;
        if (ByteAt(End) == '$' && ByteAt(End + 1) == '{')
        {
            Pop();
            Push(Mode.Path);
            Push(Mode.Nested);
            return Accept(2, TokenKind.DollarBrace);
        }

        var end = SkipFolders(SkipPathParts(End));
        if (end > End)
        {
            Accept(end - End);
            Value = WrittenMemory;
            Pop();
            Push(ByteAt(End - 1) == '/' ? Mode.PathAfterSlash : Mode.Path);
            return TokenKind.String;
        }

        var isAtEnd = End == _text.Length;
        if (_mode == Mode.PathAfterSlash)
            throw SyntaxErrors.PathEndsWithSlash(Location(isAtEnd ? Start : End));

        // Where the text ends with the path, stock's location falls back by one rule.
        if (isAtEnd)
            (Start, End, _isFinished) = (_previousStart, _previousEnd, true);
        Pop();
        return TokenKind.PathEnd;
    }

    private int SearchPathLength()
    {
        var end = End + 1;
        while (true)
        {
            var partEnd = SkipPathParts(end);
            if (partEnd == end)
                return 0;
            if (ByteAt(partEnd) == '>')
                return partEnd + 1 - End;
            if (ByteAt(partEnd) != '/')
                return 0;
            end = partEnd + 1;
        }
    }

    private int UriLength(int start)
    {
        var end = SkipScheme(start);
        if (ByteAt(end) != ':' || ByteAt(start) == '_' || !Is(ByteAt(end + 1), UriPart))
            return 0;

        end++;
        while (Is(ByteAt(end), UriPart))
            end++;
        return end - start;
    }

    private int SkipScheme(int offset)
    {
        if (offset >= _schemeStart && offset < _schemeEnd)
            return _schemeEnd;

        var end = offset;
        while (Is(ByteAt(end), SchemePart))
            end++;
        (_schemeStart, _schemeEnd) = (offset, end);
        return end;
    }
}
