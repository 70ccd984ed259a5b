r"""The forms of expressions of each type. <TYPE> stands for an expression of a type, NAME for a name, REGEX for an expression.

A form of FORMS has the type if its parts have theirs, whatever their values, as far as that can be had. WRONG_FORMS often fail:
they are used where errors are compared.
"""

REGEXES = [
    "a", "(a)(b)?", "[a-z]*", "(.*)", r"([0-9]+)\\.([0-9]+)", "a|b", "(a|ab)(c|bcd)*", "[[:alpha:]]+", "^a$", ".{1,2}", "(x?)*", r"\\.", "",
    "(a*)+", "(a|b)*b", "[^a-z]", "((a)|(b))*", "a{0}", "(ab|a)(b|)", "[]a]", "[a-]*", "()", "x+|y?",
]

FORMS = {
    "int": [
        "<int> + <int>", "<int> - <int>", "<int> * <int>", "builtins.length <ints>", "builtins.stringLength <string>",
        "<int->int> <int>", "builtins.foldl' (a: b: a + b) 0 <ints>", "builtins.bitAnd <int> <int>", "builtins.bitXor <int> <int>",
        "builtins.bitOr <int> <int>", "builtins.compareVersions <string> <string>", "builtins.ceil <float>", "builtins.floor <float>",
        "builtins.length (builtins.attrNames <set>)", "- <int>", "builtins.div <int> 3", "builtins.head (<ints> ++ [ 5 ])",
        'builtins.length (builtins.split "REGEX" <string>)', "builtins.sub <int> <int>", "builtins.elemAt (<ints> ++ [ 1 2 3 ]) 2",
        "builtins.stringLength (builtins.toXML <any>)", "builtins.foldl' (a: b: a * 31 + b) <int> <ints>", "builtins.add <int> <int>",
        "let f = n: if n <= 0 then <int> else f (n - 1); in f 3", "(<set> // { q = <int>; }).q", "<set>.a.b or 3", "builtins.mul <int> <int>",
        "builtins.deepSeq <any> <int>", "(<set> // { __functor = s: x: x + 1; }) <int>", "(rec { x = <int>; y = x + 1; z = y * x; }).z",
        "({ a ? <int>, b ? a + 1 }@args: a + b) { }", "let a.b = <int>; a.c = a.b; in a.c", "builtins.length <strings>",
    ],
    "float": [
        "<float> + <float>", "<float> * <int>", "<int> - <float>", "<float> / 3.7", 'builtins.fromJSON "1.5e2"', "<int> / 4.0", "<float> - <float>",
        "- <float>", "<float> * <float>", "builtins.div <int> 2.5", "builtins.foldl' builtins.add 0.1 <ints>",
        "builtins.fromJSON (builtins.toJSON <float>) + 0.0",
    ],
    "bool": [
        "<any> == <any>", "<set> == <set>", "<ints> == <ints>", "<int> < <int>", "<string> < <string>", "<ints> < <ints>", "<float> >= <int>",
        "<bool> && <bool>", "<bool> || <bool>", "<bool> -> <bool>", "! <bool>", "<set> ? a", "<set> ? x.y.z", 'builtins.hasAttr "b" <set>',
        "builtins.elem <int> <ints>", "builtins.all (x: x > 0) <ints>", "builtins.any (x: x > 2) <ints>", "builtins.isAttrs <any>",
        "builtins.isString <any>", "builtins.isFunction <any>", "<string> != <string>", 'builtins.match "REGEX" <string> == null',
        "builtins.hasContext <string>", "builtins.lessThan <int> <float>", "(builtins.tryEval <any>).success", "<path> == <path>", "<any> != <any>",
        "<any> == <any> || <bool>", "<bool> && <bool> || <bool> -> <bool>", "builtins.isPath <any>", "builtins.isFloat <any>", "builtins.isInt <any>",
        "builtins.isList <any>", "builtins.isNull <any>", '<set> ? "b".c', "<set> ? ${<string>}", "<float> < <float>", "<int> <= <float>",
        "<path> < <path>", "<strings> < <strings>", "builtins.elem <string> <strings>", "builtins.elem <any> [ <any> <any> ]",
        "builtins.pathExists <path>", "builtins.hasAttr <string> <set>", "[ <any> ] == [ <any> ]", "<any->any> == <any->any>",
    ],
    "string": [
        "<string> + <string>", '"${<string>}-${<string>}"', "builtins.toString <int>", "builtins.toString <float>", "builtins.toString <ints>",
        "builtins.toString <bool>", "builtins.substring 1 3 <string>", "builtins.concatStringsSep <string> <strings>", "builtins.toJSON <set>",
        "builtins.toJSON <float>", "builtins.toJSON <ints>", "builtins.toJSON <string>", "builtins.toXML <any>", "builtins.typeOf <any>",
        "builtins.baseNameOf <string>", "builtins.dirOf <string>", 'builtins.replaceStrings [ "a" "" ] [ <string> "-" ] <string>',
        "''\n    ${<string>}\n      b\n  ''", "''a'''b''${c}''\\n''\\t${<string>}''", 'builtins.hashString "sha256" <string>',
        'builtins.hashString "md5" <string>', "builtins.toString <path>", "(builtins.parseDrvName <string>).name", 'builtins.head (<strings> ++ [ "q" ])',
        "builtins.placeholder <string>", "builtins.unsafeDiscardStringContext <string>", "builtins.toString { outPath = <string>; }",
        '"${{ __toString = s: <string>; }}"',
        'builtins.convertHash { hash = builtins.hashString "sha1" <string>; toHashFormat = "nix32"; hashAlgo = "sha1"; }',
        "builtins.toString <strings>", "''\n\n  a\n   ${<string>}\n\t b\n\n''", "''${<string>}\n    $''${''\\t'''x''", "''  ${<string>}  \n   ${<string>}''",
        'builtins.concatStringsSep "," (builtins.attrNames <set>)', 'builtins.replaceStrings [ <string> "b" ] [ "<" <string> ] <string>',
        'builtins.substring 1 2 "abcdef"', "builtins.unsafeDiscardOutputDependency <string>", '"x${<string>}y\\${"', '"\\n$${<string>}"',
        '(derivation { name = "n"; system = "s"; builder = "/b"; args = <strings>; }).drvPath', 'toString (<path> + "/x")',
        '(derivation { name = "d"; system = "s"; builder = <string>; x = <ints>; y = <bool>; z = <float>; outputs = [ "out" "dev" ]; }).dev',
        '"${derivation { name = "e"; system = "s"; builder = <string>; v = <string>; }}"', "builtins.toJSON (builtins.getContext <string>)",
        'builtins.toFile "f" (builtins.unsafeDiscardStringContext <string>)', "builtins.toXML <set>", 'builtins.hashString "sha512" <string>',
        'builtins.head (builtins.attrNames (builtins.getContext <string>) ++ [ "none" ])', "builtins.toJSON (builtins.splitVersion <string>)",
        'builtins.toJSON (builtins.match "REGEX" <string>)', 'builtins.toJSON (builtins.split "REGEX" <string>)', 'let x = <string>; in "${x}${x}"',
        'builtins.baseNameOf <path>', "builtins.toJSON (builtins.parseDrvName <string>)",
    ],
    "path": ['<path> + "/q"', "builtins.dirOf <path>", '/a/${"b" + "c"}/d', "<path> + <path>", "./x", '../. + "/a/../b"', "/u//v/./w"],
    "null": ["null", 'builtins.fromJSON "null"', 'builtins.match "b" "a"'],
    "ints": [
        "[ <int> <int> ]", "<ints> ++ <ints>", "map <int->int> <ints>", "builtins.filter (x: x > 1) <ints>", "builtins.genList <int->int> 4",
        "builtins.sort (a: b: a < b) <ints>", "builtins.sort builtins.lessThan <ints>", "builtins.concatMap (x: [ x x ]) <ints>",
        "builtins.tail ([ 0 ] ++ <ints>)", "builtins.concatLists [ <ints> <ints> ]", 'builtins.catAttrs "a" [ { a = <int>; } { b = 1; } ]',
        "(builtins.partition (x: x > 1) <ints>).right", "let l = <ints>; in l ++ l", "builtins.map (x: x) <ints>",
        "map (e: e.key) (builtins.genericClosure { startSet = [ { key = <int>; } ]; operator = e: "
        "if e.key > 2 && e.key < 9 then [ { key = e.key + 1; } ] else [ ]; })",
    ],
    "strings": [
        "[ <string> <string> ]", "builtins.attrNames <set>", "<strings> ++ <strings>", "builtins.sort (a: b: a < b) <strings>",
        "builtins.splitVersion <string>", 'builtins.filter builtins.isString (builtins.split "REGEX" <string>)', 'map (s: s + "!") <strings>',
        "builtins.attrNames (builtins.groupBy (s: builtins.substring 0 1 s) <strings>)", "builtins.sort builtins.lessThan <strings>",
    ],
    "set": [
        "{ NAME = <any>; }", "{ a = <any>; b.c = <any>; }", "<set> // <set>", "rec { a = <int>; b = a + 1; }", 'removeAttrs <set> [ "a" ]',
        "builtins.mapAttrs (n: v: n) <set>", "builtins.listToAttrs [ { name = <string>; value = <any>; } ]", "builtins.intersectAttrs <set> <set>",
        "builtins.parseDrvName <string>", "{ inherit (<set> // { q = 1; }) q; }", "{ ${<string>} = <any>; }", "builtins.groupBy (x: toString x) <ints>",
        "builtins.zipAttrsWith (n: vs: vs) [ <set> <set> ]", "builtins.functionArgs ({ a, b ? 1, ... }: a)", "builtins.fromJSON (builtins.toJSON <set>)",
        "builtins.tryEval <any>", "builtins.partition (x: x > 1) <ints>", '{ a = <any>; "b c" = <any>; "${"d"}" = <any>; }',
        'builtins.fromTOML "a = 1\\nb = [ 1.5, \\"x\\" ]"', "{ __functor = self: x: x; v = <any>; }", "let s = <set>; in { inherit s; }",
        "rec { b = <any>; c.d = b; c.e = <int>; }", "builtins.getContext <string>", "builtins.mapAttrs (n: v: v) <set>",
        "{ a.b = <any>; a.c = <any>; a = { d = 1; }; }", "<set> // <set> // <set>", "{ v = <any>; l = [ <any> <any> ]; f = <any->any>; }",
        "builtins.listToAttrs (map (n: { name = n; value = n; }) <strings>)", "builtins.groupBy (s: s) <strings>", "builtins.removeAttrs <set> <strings>",
        "builtins.foldl' (a: b: a // { ${b} = a; }) { } <strings>", "(x: { inherit x; y = x; }) <any>", "(args@{ a ? 1, ... }: args) <set>",
        "builtins.zipAttrsWith (n: vs: builtins.length vs) [ <set> <set> <set> ]",
    ],
}

WRONG_FORMS = {
    "int": [
        "({ a ? <int>, b ? a + 1, ... }@args: a + b) <set>", "({ a, b ? 1 }: a + b) <set>", "let inherit (<set>) a; in a", "<set>.a", "<set>.a.b",
        "<any> + <any>", "<any> * <int>", "builtins.elemAt <ints> <int>", "builtins.head <ints>", "<any->any> <any>", "builtins.length <any>",
        'builtins.addErrorContext "while <string>" <any>', "assert <bool>; <int>", "builtins.throw <string>", "builtins.abort <string>",
        "let x = y; y = x; in x", "<set>.<string>", "builtins.foldl' <any> <int> <ints>", "builtins.div <int> <int>", "builtins.floor <any>",
        "with <any>; zzz", 'builtins.getAttr "a" <set>', "builtins.seq <any> <int>", "<int> |> <int->int>", "assert <set> == <set>; <int>",
    ],
    "string": [
        '"${<any>}"', "<string> + <any>", "builtins.toString <any>", "builtins.replaceStrings <strings> <strings> <string>",
        "builtins.substring <int> <int> <string>", "builtins.hashString <string> <string>", "builtins.concatStringsSep <any> <any>", "builtins.toJSON <any>",
        '(derivation { name = <string>; system = "s"; builder = <string>; x = <any>; outputs = [ "out" "dev" ]; }).dev', "<path> + <string>",
        "builtins.readFile <path>", 'builtins.storePath <path>', "builtins.match <string> <string>", '(derivation <set>).drvPath', 'builtins.toPath <string>',
        'builtins.placeholder <any>', "builtins.convertHash <set>", "builtins.warn <string> <string>", "builtins.trace <any> <string>",
    ],
    "path": ["./x + <string>", "<path> + <any>", '/. + (builtins.head <strings>)', "~/u", "<nixpkgs>", "<nix/fetchurl.nix>", "import <path>"],
    "bool": ["<any> < <any>", "<bool> && <any>", "! <any>", "<any> ? a", "builtins.elem <any> <any>", "builtins.all <any> <any>"],
    "ints": ["<ints> ++ <any>", "builtins.tail <ints>", "map <any> <any>", "builtins.sort <any> <ints>", "builtins.genList <any> <int>", "builtins.concatLists [ <any> ]"],
    "set": [
        "<set> // <any>", "rec { inherit (<set>) a; b = a; }", "builtins.fromJSON <string>", "builtins.fromTOML <string>", "builtins.mapAttrs <any> <set>",
        "builtins.listToAttrs <any>", "builtins.listToAttrs [ <set> ]", "{ ${<any>} = 1; }", "{ a = 1; ${<string>} = 2; }", "builtins.functionArgs <any>",
        "builtins.genericClosure <set>", "builtins.zipAttrsWith <any> [ <set> ]", "builtins.catAttrs <any> [ <set> ]", "(<any->any>) <set>", "removeAttrs <set> <any>",
    ],
}
