using Ferry.Syntax.Text;

namespace Ferry.Syntax.Parsing;

/// <summary>The names that operators and other signs stand for.</summary>
internal sealed class OperatorSymbols(SymbolTable symbols)
{
    public Symbol Subtract { get; } = symbols.Intern("__sub");

    public Symbol Multiply { get; } = symbols.Intern("__mul");

    public Symbol Divide { get; } = symbols.Intern("__div");

    public Symbol LessThan { get; } = symbols.Intern("__lessThan");

    public Symbol FindFile { get; } = symbols.Intern("__findFile");

    public Symbol NixPath { get; } = symbols.Intern("__nixPath");

    public Symbol Body { get; } = symbols.Intern("body");

    public Symbol Or { get; } = symbols.Intern("or");
}
