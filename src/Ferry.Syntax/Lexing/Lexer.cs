using System.Runtime.InteropServices;
using Ferry.Syntax.Text;
using static Ferry.Syntax.Lexing.CharacterClasses;

namespace Ferry.Syntax.Lexing;

/// <summary>Cuts a text into tokens, one at a time. The longest match wins, as in stock's lexer.</summary>
/// <remarks>
/// What a byte means depends on a stack of modes: braces and <c>${</c> push, the closing sign pops. The members
/// describe the current token; nothing is allocated for it. Owned by one thread.
/// </remarks>
internal sealed partial class Lexer
{
    private enum Mode : byte
    {
        /// <summary>Only at the bottom of the stack; a closing brace does not leave it.</summary>
        Initial,

        /// <summary>The same rules inside of braces.</summary>
        Nested,
        String,
        IndentedString,

        /// <summary>After a part of a path that does not end with a slash.</summary>
        Path,

        /// <summary>After a part of a path that ends with a slash, so that more must follow.</summary>
        PathAfterSlash,
    }

    private readonly SourceText _source;
    private readonly bool _allowsPipeOperators;

    private readonly byte[] _text;
    private readonly Stack<Mode> _modes = new();
    private Mode _mode = Mode.Initial;

    private int _previousStart;
    private int _previousEnd;

    // Set where the location no longer says how far the text was read: at its end.
    private bool _isFinished;
    private DocumentationSpan _pendingDocumentation;

    // The token that stock puts before a line of bindings is still to come.
    private bool _isBeforeBindings;

    public Lexer(SourceText source, bool allowsPipeOperators, bool startsWithBindings = false)
    {
        (_source, _allowsPipeOperators) = (source, allowsPipeOperators);
        _isBeforeBindings = startsWithBindings;
        var isWholeArray =
            MemoryMarshal.TryGetArray(source.Bytes, out var segment)
            && segment.Offset == 0
            && segment.Count == segment.Array!.Length;
        _text = isWholeArray ? segment.Array! : source.Bytes.ToArray();
    }

    /// <summary>Start and end of a <c>/** … */</c>; an end of 0 means none.</summary>
    public readonly record struct DocumentationSpan(int Start, int End);

    public TokenKind Kind { get; private set; }

    /// <summary>Bytes from the start of the text.</summary>
    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>Value of an integer token.</summary>
    public long Integer { get; private set; }

    /// <summary>Value of a floating-point token.</summary>
    public double Float { get; private set; }

    /// <summary>Value of a string token, with its escapes undone.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>True for a part of an indented string that stands for itself, so that its indentation counts.</summary>
    public bool HasIndentation { get; private set; }

    /// <summary>The comment right before the token, if it is a documentation comment.</summary>
    public DocumentationSpan Documentation { get; private set; }

    /// <summary>The token's bytes as written. Valid until the lexer is dropped.</summary>
    public ReadOnlySpan<byte> Written => _text.AsSpan(Start, End - Start);

    /// <summary>The token's bytes as written, as a part of the source text.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _source.Bytes[Start..End];

    /// <summary>Bytes that were read earlier, for a name that was remembered by its place.</summary>
    public ReadOnlySpan<byte> Slice(int start, int end) => _text.AsSpan(start, end - start);

    /// <exception cref="Diagnostics.SyntaxException">No token can start here, or its value does not fit.</exception>
    public void Advance()
    {
        if (_isFinished || _isBeforeBindings)
        {
            Kind = _isFinished ? TokenKind.EndOfFile : TokenKind.ReplBindings;
            _isBeforeBindings = false;
            return;
        }

        Kind = _mode switch
        {
            Mode.Initial or Mode.Nested => NextToken(),
            Mode.String => NextInString(),
            Mode.IndentedString => NextInIndentedString(),
            _ => NextInPath(),
        };
    }

    /// <summary>From now on there is nothing but the end of the text.</summary>
    public void Finish()
    {
        _isFinished = true;
        Kind = TokenKind.EndOfFile;
    }

    // Looking ahead of the end finds zero bytes, which no rule takes.
    private byte ByteAt(int offset) => (uint)offset < (uint)_text.Length ? _text[offset] : (byte)0;

    // Every rule that matches moves the location on, those for space and comments too. The one before is kept
    // since stock falls back to it where a path ends with the text.
    private void Accept(int length)
    {
        (_previousStart, _previousEnd) = (Start, End);
        Start = End;
        End += length;
    }

    private TokenKind Accept(int length, TokenKind kind)
    {
        Accept(length);
        return kind;
    }

    private TokenKind NextToken()
    {
        SkipSpaceAndComments();
        (Documentation, _pendingDocumentation) = (_pendingDocumentation, default);
        var first = ByteAt(End);
        if (Is(first, IdentifierStart))
            return NextWord();
        if (Is(first, Digit))
            return NextNumber();

        return NextSign(first);
    }

    private void SkipSpaceAndComments()
    {
        while (true)
        {
            var character = ByteAt(End);
            if (Is(character, Space))
            {
                var end = End + 1;
                while (Is(ByteAt(end), Space))
                    end++;
                Accept(end - End);
            }
            else if (character == '#')
            {
                var rest = _text.AsSpan(End, _text.Length - End);
                var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
                Accept(length < 0 ? rest.Length : length);
            }
            else if (character != '/' || ByteAt(End + 1) != '*' || !TrySkipLongComment())
            {
                return;
            }
        }
    }

    // An unfinished comment is no comment: its slash becomes a token.
    private bool TrySkipLongComment()
    {
        var length = _text.AsSpan(End + 2, _text.Length - End - 2).IndexOf("*/"u8);
        if (length < 0)
            return false;

        Accept(length + 4);
        // Neither "/**/" nor a row of stars documents anything.
        var isDocumentation =
            length >= 2
            && ByteAt(Start + 2) == '*'
            && ByteAt(Start + 3) is not ((byte)'*' or (byte)'/');
        if (isDocumentation)
            _pendingDocumentation = new DocumentationSpan(Start, End);
        return true;
    }

    private TokenKind NextWord()
    {
        var end = End + 1;
        while (Is(ByteAt(end), IdentifierPart))
            end++;

        // Only these bytes can make more of it than a word.
        if (ByteAt(end) is (byte)'/' or (byte)':' or (byte)'.' or (byte)'+')
        {
            if (PathLength(End) is > 0 and var pathLength)
                return AcceptPath(pathLength, TokenKind.Path);
            if (UriLength(End) is > 0 and var uriLength)
                return Accept(uriLength, TokenKind.Uri);
        }

        Accept(end - End);
        return Keyword(Written);
    }

    private static TokenKind Keyword(ReadOnlySpan<byte> word)
    {
        if (word.Length > 7)
            return TokenKind.Identifier;

        return word[0] switch
        {
            (byte)'i' when word.SequenceEqual("if"u8) => TokenKind.If,
            (byte)'i' when word.SequenceEqual("in"u8) => TokenKind.In,
            (byte)'i' when word.SequenceEqual("inherit"u8) => TokenKind.Inherit,
            (byte)'t' when word.SequenceEqual("then"u8) => TokenKind.Then,
            (byte)'e' when word.SequenceEqual("else"u8) => TokenKind.Else,
            (byte)'a' when word.SequenceEqual("assert"u8) => TokenKind.Assert,
            (byte)'w' when word.SequenceEqual("with"u8) => TokenKind.With,
            (byte)'l' when word.SequenceEqual("let"u8) => TokenKind.Let,
            (byte)'r' when word.SequenceEqual("rec"u8) => TokenKind.Rec,
            (byte)'o' when word.SequenceEqual("or"u8) => TokenKind.OrKeyword,
            _ => TokenKind.Identifier,
        };
    }
}
