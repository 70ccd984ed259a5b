using System.Text;

namespace Ferry.Builtins.RegularExpressions;

/// <summary>Turns a POSIX extended pattern into an automaton.</summary>
/// <remarks>
/// Grammar and errors follow libstdc++, which stock uses: assertions take no quantifier, quantifiers
/// may be stacked (<c>a*+</c>), an empty branch is allowed, back references do not exist.
/// </remarks>
internal sealed class RegexCompiler
{
    // Each nesting level costs two frames; stock overflows its own stack long after this.
    private const int DepthMax = 5_000;

    private readonly RegexScanner _scanner;
    private readonly Automaton _automaton = new();
    private int _depth;

    private RegexCompiler(byte[] pattern) => _scanner = new RegexScanner(pattern);

    /// <exception cref="RegexSyntaxException">Stock refuses the pattern as well.</exception>
    public static (State[] States, int GroupCount) Compile(byte[] pattern)
    {
        var compiler = new RegexCompiler(pattern);
        var whole = compiler.Group(isWholePattern: true);
        var accept = compiler._automaton.Add(StateKind.Accept);
        compiler._automaton.SetNext(whole.End, accept);
        return (compiler._automaton.Finish(), compiler._automaton.GroupCount);
    }

    private Sequence Group(bool isWholePattern)
    {
        if (++_depth > DepthMax)
            throw RegexSyntaxException.TooLarge();
        var group = _automaton.BeginGroup();
        var begin = _automaton.Add(StateKind.GroupBegin, group: group);
        var inner = Disjunction();
        if (!_scanner.TryTake(isWholePattern ? RegexToken.End : RegexToken.GroupEnd))
            throw RegexSyntaxException.Invalid("unbalanced parentheses");
        var end = _automaton.Add(StateKind.GroupEnd, group: group);
        _automaton.SetNext(begin, inner.Start);
        _automaton.SetNext(inner.End, end);
        _depth--;
        return new Sequence(begin, end);
    }

    private Sequence Disjunction()
    {
        var left = Branch();
        while (_scanner.TryTake(RegexToken.Or))
        {
            var right = Branch();
            var end = _automaton.Add(StateKind.Placeholder);
            _automaton.SetNext(left.End, end);
            _automaton.SetNext(right.End, end);
            left = new Sequence(
                _automaton.Add(StateKind.Alternative, next: right.Start, other: left.Start),
                end
            );
        }

        return left;
    }

    private Sequence Branch()
    {
        Sequence? whole = null;
        while (Term() is { } term)
            whole = whole is { } before ? Append(before, term) : term;
        var end = Single(_automaton.Add(StateKind.Placeholder));
        return whole is { } terms ? Append(terms, end) : end;
    }

    private Sequence? Term()
    {
        if (_scanner.TryTake(RegexToken.LineBegin))
            return Single(_automaton.Add(StateKind.LineBegin));
        if (_scanner.TryTake(RegexToken.LineEnd))
            return Single(_automaton.Add(StateKind.LineEnd));
        if (Atom() is not { } atom)
            return null;
        while (Quantifier(atom) is { } quantified)
            atom = quantified;
        return atom;
    }

    private Sequence? Atom()
    {
        if (_scanner.TryTake(RegexToken.AnyCharacter))
        {
            var any = new bool[256];
            Array.Fill(any, true, 1, 255);
            return Matcher(any);
        }

        if (_scanner.TryTake(RegexToken.Character, out var value))
        {
            var one = new bool[256];
            one[value[0]] = true;
            return Matcher(one);
        }

        if (_scanner.TryTake(RegexToken.GroupBegin))
            return Group(isWholePattern: false);
        if (_scanner.TryTake(RegexToken.NegatedBracketBegin))
            return Matcher(new BracketCompiler(_scanner).Compile(isNegated: true));
        return _scanner.TryTake(RegexToken.BracketBegin)
            ? Matcher(new BracketCompiler(_scanner).Compile(isNegated: false))
            : null;
    }

    private Sequence? Quantifier(Sequence atom)
    {
        if (_scanner.TryTake(RegexToken.ZeroOrMore))
        {
            var repeat = _automaton.Add(StateKind.Repeat, other: atom.Start);
            _automaton.SetNext(atom.End, repeat);
            return Single(repeat);
        }

        if (_scanner.TryTake(RegexToken.OneOrMore))
        {
            var repeat = _automaton.Add(StateKind.Repeat, other: atom.Start);
            _automaton.SetNext(atom.End, repeat);
            return new Sequence(atom.Start, repeat);
        }

        if (_scanner.TryTake(RegexToken.Optional))
        {
            var end = _automaton.Add(StateKind.Placeholder);
            var repeat = _automaton.Add(StateKind.Repeat, next: end, other: atom.Start);
            _automaton.SetNext(atom.End, end);
            return new Sequence(repeat, end);
        }

        return _scanner.TryTake(RegexToken.IntervalBegin) ? Interval(atom) : null;
    }

    private Sequence Interval(Sequence atom)
    {
        if (!_scanner.TryTake(RegexToken.Count, out var countText))
            throw RegexSyntaxException.Invalid("'{' without a count");
        var whole = Single(_automaton.Add(StateKind.Placeholder));
        var countMin = ParseCount(countText);
        var isUnbounded = false;
        long optional = 0;
        if (_scanner.TryTake(RegexToken.Comma))
        {
            if (_scanner.TryTake(RegexToken.Count, out var maxText))
                optional = ParseCount(maxText) - countMin;
            else
                isUnbounded = true;
        }

        if (!_scanner.TryTake(RegexToken.IntervalEnd))
            throw RegexSyntaxException.Invalid("'{' without '}'");

        for (long count = 0; count < countMin; count++)
            whole = Append(whole, _automaton.Clone(atom));
        if (isUnbounded)
        {
            var body = _automaton.Clone(atom);
            var repeat = _automaton.Add(StateKind.Repeat, other: body.Start);
            _automaton.SetNext(body.End, repeat);
            return Append(whole, Single(repeat));
        }

        return optional < 0
            ? throw RegexSyntaxException.Invalid("a count range that runs backwards")
            : AppendOptional(whole, atom, optional);
    }

    // Every copy may leave for the common end. While the chain is built, "next" has to be the copy's own body.
    private Sequence AppendOptional(Sequence whole, Sequence atom, long count)
    {
        var end = _automaton.Add(StateKind.Placeholder);
        var repeats = new List<int>();
        for (long index = 0; index < count; index++)
        {
            var body = _automaton.Clone(atom);
            var repeat = _automaton.Add(StateKind.Repeat, next: body.Start, other: end);
            repeats.Add(repeat);
            whole = Append(whole, new Sequence(repeat, body.End));
        }

        whole = Append(whole, Single(end));
        foreach (var repeat in repeats)
            _automaton.SwapBranches(repeat);
        return whole;
    }

    // 32-bit wrap-around as in libstdc++, whose counts are an int.
    private static long ParseCount(byte[] digits)
    {
        long value = 0;
        foreach (var digit in Encoding.ASCII.GetString(digits))
            value = unchecked((value * 10) + (digit - '0'));
        return unchecked((int)value);
    }

    private Sequence Matcher(bool[] accepts) =>
        Single(
            _automaton.Add(
                new State
                {
                    Kind = StateKind.Byte,
                    Next = Automaton.None,
                    Other = Automaton.None,
                    Accepts = accepts,
                }
            )
        );

    private static Sequence Single(int state) => new(state, state);

    private Sequence Append(Sequence left, Sequence right)
    {
        _automaton.SetNext(left.End, right.Start);
        return new Sequence(left.Start, right.End);
    }
}
