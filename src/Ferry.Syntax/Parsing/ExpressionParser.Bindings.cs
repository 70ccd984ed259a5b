using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Lexing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <content>The bindings of sets and of <c>let</c>.</content>
internal sealed partial class ExpressionParser
{
    private AttributeSetExpression ParseSetRest(AttributeSetExpression attributes)
    {
        ParseBindings(attributes);
        Expect(TokenKind.RightBrace);
        return attributes;
    }

    private void ParseBindings(AttributeSetExpression attributes)
    {
        while (true)
        {
            switch (_kind)
            {
                case TokenKind.Inherit:
                    ParseInherit(attributes);
                    break;
                case TokenKind.Identifier
                or TokenKind.OrKeyword
                or TokenKind.Quote
                or TokenKind.DollarBrace:
                    var start = _lexer.Start;
                    var documentation = _lexer.Documentation;
                    ParseBindingFromPath(attributes, ParseAttributePath(), start, documentation);
                    break;
                default:
                    return;
            }
        }
    }

    // The first name is already read, to see that this is a set and not formals.
    private void ParseBindingFromName(
        AttributeSetExpression attributes,
        int start,
        int end,
        Lexer.DocumentationSpan documentation
    )
    {
        var first = new AttributeName(InternAt(start, end));
        AttributeName[] path = [first];
        if (_kind == TokenKind.Dot)
        {
            Advance();
            path = [first, .. ParseAttributePath()];
        }

        ParseBindingFromPath(attributes, path, start, documentation);
    }

    private void ParseBindingFromPath(
        AttributeSetExpression attributes,
        AttributeName[] path,
        int start,
        Lexer.DocumentationSpan documentation
    )
    {
        Expect(TokenKind.Assign);
        var value = ParseExpression();
        // The binding is made before the next token is read, so that of two errors the same comes first as in stock.
        if (_kind != TokenKind.Semicolon)
        {
            FailAtToken();
            return;
        }

        Define(attributes, path, At(start), value);
        Document(value, documentation);
        Advance();
    }

    private void ParseInherit(AttributeSetExpression attributes)
    {
        Advance();
        Expression? source = null;
        var sourceStart = 0;
        if (_kind == TokenKind.LeftParenthesis)
        {
            Advance();
            sourceStart = _lexer.Start;
            source = ParseExpression();
            Expect(TokenKind.RightParenthesis);
        }

        List<(Symbol Name, int Start)> names = [];
        while (_kind != TokenKind.Semicolon && !HasFailed)
        {
            var start = _lexer.Start;
            names.Add((ParseInheritedName(), start));
        }

        if (source is null)
            DefineInherited(attributes, names);
        else
            DefineInherited(attributes, names, attributes.AddInheritSource(source), sourceStart);
        Advance();
    }

    private Symbol ParseInheritedName()
    {
        var start = _lexer.Start;
        if (_kind == TokenKind.DollarBrace)
        {
            Advance();
            var name = ParseExpression();
            if (_kind != TokenKind.RightBrace)
                FailAtToken();
            var symbol = SymbolOf(NameOf(name), start);
            Advance();
            return symbol;
        }

        return SymbolOf(ParseAttributeName(), start);
    }

    private Symbol SymbolOf(AttributeName name, int start)
    {
        if (name.Symbol is { } symbol)
            return symbol;
        Fail(SyntaxErrors.DynamicAttributeInInherit(Location(start)));
        return _symbols.Or;
    }

    private void DefineInherited(
        AttributeSetExpression attributes,
        List<(Symbol Name, int Start)> names
    )
    {
        foreach (var (name, start) in names)
        {
            var value = new VariableExpression(name, At(start));
            DefineOnce(attributes, new(name, value, At(start), AttributeKind.Inherited));
        }
    }

    private void DefineInherited(
        AttributeSetExpression attributes,
        List<(Symbol Name, int Start)> names,
        int sourceIndex,
        int sourceStart
    )
    {
        foreach (var (name, start) in names)
        {
            var source = new InheritSourceExpression(sourceIndex, At(sourceStart));
            var value = new SelectExpression(At(start), source, [new AttributeName(name)], null);
            DefineOnce(attributes, new(name, value, At(start), AttributeKind.InheritedFrom));
        }
    }

    private void DefineOnce(AttributeSetExpression attributes, AttributeDefinition definition)
    {
        if (attributes.IndexOf(definition.Name) is >= 0 and var index)
        {
            AttributeName[] path = [new(definition.Name)];
            Fail(Duplicate(path, definition.Position, attributes.Attributes[index].Position));
            return;
        }

        attributes.Add(definition);
    }
}
