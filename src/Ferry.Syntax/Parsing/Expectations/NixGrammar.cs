namespace Ferry.Syntax.Parsing.Expectations;

/// <summary>The grammar of the language, rule by rule.</summary>
/// <remarks>
/// The order and the shape of the rules matter: which tokens a message names as expected follows from the states of
/// the parser that is generated from them. Source: stock's <c>parser.y</c>, the rules without their actions.
/// Names with a capital are tokens, <c>%Name</c> gives a rule the precedence of that name.
/// </remarks>
internal static class NixGrammar
{
    /// <summary>From weak to tight; the first word says how equal ones associate.</summary>
    public static string[] Precedences { get; } =
    [
        "right Implies",
        "left Or",
        "left And",
        "none Equal NotEqual",
        "none Less Greater LessOrEqual GreaterOrEqual",
        "right Update",
        "left LogicalNot",
        "left Plus Minus",
        "left Star Slash",
        "right Concatenate",
        "none Question",
        "none Negation",
    ];

    public const string Rules = """
        start: expr
        start: ReplBindings binds1
        expr: function
        function: Identifier Colon function
        function: formalSet Colon function
        function: formalSet At Identifier Colon function
        function: Identifier At formalSet Colon function
        function: Assert expr Semicolon function
        function: With expr Semicolon function
        function: Let binds In function
        function: if
        if: If expr Then expr Else expr
        if: pipeFrom
        if: pipeInto
        if: op
        pipeFrom: op PipeFrom pipeFrom
        pipeFrom: op PipeFrom op
        pipeInto: pipeInto PipeInto op
        pipeInto: op PipeInto op
        op: Not op %LogicalNot
        op: Minus op %Negation
        op: op Equal op
        op: op NotEqual op
        op: op Less op
        op: op LessOrEqual op
        op: op Greater op
        op: op GreaterOrEqual op
        op: op And op
        op: op Or op
        op: op Implies op
        op: op Update op
        op: op Question attrPath
        op: op Plus op
        op: op Minus op
        op: op Star op
        op: op Slash op
        op: op Concatenate op
        op: app
        app: app select
        app: select
        select: simple Dot attrPath
        select: simple Dot attrPath OrKeyword select
        select: simple OrKeyword
        select: simple
        simple: Identifier
        simple: Integer
        simple: Float
        simple: Quote stringParts Quote
        simple: IndentedStringOpen indentedParts IndentedStringClose
        simple: pathStart PathEnd
        simple: pathStart interpolated PathEnd
        simple: SearchPath
        simple: Uri
        simple: LeftParenthesis expr RightParenthesis
        simple: Let LeftBrace binds RightBrace
        simple: Rec LeftBrace binds RightBrace
        simple: LeftBrace binds1 RightBrace
        simple: LeftBrace RightBrace
        simple: LeftBracket list RightBracket
        stringParts: String
        stringParts: interpolated
        stringParts:
        interpolated: interpolated String
        interpolated: interpolated DollarBrace expr RightBrace
        interpolated: DollarBrace expr RightBrace
        interpolated: String DollarBrace expr RightBrace
        pathStart: Path
        pathStart: HomePath
        indentedParts: indentedParts IndentedString
        indentedParts: indentedParts DollarBrace expr RightBrace
        indentedParts:
        binds: binds1
        binds:
        binds1: binds1 attrPath Assign expr Semicolon
        binds1: binds Inherit attrs Semicolon
        binds1: binds Inherit LeftParenthesis expr RightParenthesis attrs Semicolon
        binds1: attrPath Assign expr Semicolon
        attrs: attrs attr
        attrs: attrs stringAttr
        attrs:
        attrPath: attrPath Dot attr
        attrPath: attrPath Dot stringAttr
        attrPath: attr
        attrPath: stringAttr
        attr: Identifier
        attr: OrKeyword
        stringAttr: Quote stringParts Quote
        stringAttr: DollarBrace expr RightBrace
        list: list select
        list:
        formalSet: LeftBrace formals Comma Ellipsis RightBrace
        formalSet: LeftBrace Ellipsis RightBrace
        formalSet: LeftBrace formals Comma RightBrace
        formalSet: LeftBrace formals RightBrace
        formalSet: LeftBrace RightBrace
        formals: formals Comma formal
        formals: formal
        formal: Identifier
        formal: Identifier Question expr
        """;
}
