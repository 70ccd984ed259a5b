"""Programs of the Nix language, made at random from a grammar of types, so that most of them evaluate.

A program is a tree of Nodes. A node knows its type, which lets the shrinker put one of its own parts, or the smallest
value of that type, in its place.
"""

import random

SMALLEST = {
    "int": "0",
    "float": "0.5",
    "bool": "true",
    "string": '""',
    "path": "/a",
    "null": "null",
    "ints": "[ ]",
    "strings": "[ ]",
    "set": "{ }",
    "any": "null",
    "int->int": "(x: x)",
    "any->any": "(x: x)",
}

NAMES = ["a", "b", "c", "x", "y", "long-name", "_", "or'", "a1", "if_"]
STRINGS = [
    "", "a", "b", "ab", "a.b", "1", "1.2", "1.2pre3", "foo-1.0", "-", "/", "/a/b", "a\\n", "\\t", "\\\"", "\\\\", "$", "$$",
    "''", "\\${x}", "\u00e9", "\u4e16", "[a-z]", "(a)(b)?", "x*", "null", "true", "{\\\"a\\\": [1, 2.5]}", "a b c", "%41", "0.10",
]
REGEXES = ["a", "(a)(b)?", "[a-z]*", "(.*)", "([0-9]+)\\\\.([0-9]+)", "a|b", "(a|ab)(c|bcd)*", "[[:alpha:]]+", "^a$", ".{1,2}", "(x?)*", "\\\\.", ""]
INTEGERS = ["0", "1", "2", "3", "7", "10", "-1", "100", "9223372036854775807", "4611686018427387904", "255", "36028797018963968"]
FLOATS = ["0.5", "1.0", "2.5", "1.5e3", "1e300", "-0.0", "0.1", "123456.789", "1e-7", ".5", "3.0e10", "100000.0", "1000000.0"]


class Node:
    def __init__(self, kind, parts):
        self.kind, self.parts = kind, parts

    def text(self):
        return "".join(part.text() if isinstance(part, Node) else part for part in self.parts)

    def children(self):
        return [part for part in self.parts if isinstance(part, Node)]

    def size(self):
        return 1 + sum(child.size() for child in self.children())

    def replaced(self, old, new):
        """The tree with one node replaced; the rest is shared."""
        if self is old:
            return new
        return Node(self.kind, [part.replaced(old, new) if isinstance(part, Node) else part for part in self.parts])

    def nodes(self):
        yield self
        for child in self.children():
            yield from child.nodes()


class Grammar:
    """One random program. The chance of a wrong type is given: those programs compare error texts."""

    def __init__(self, seed, wrong=0.0):
        self.random = random.Random(seed)
        self.wrong = wrong
        self.fresh = 0

    def program(self):
        return self.make("any", self.random.randint(3, 6), [])

    def pick(self, *choices):
        return self.random.choice(choices)

    def make(self, kind, depth, scope):
        if self.wrong and self.random.random() < self.wrong:
            kind = self.random.choice(list(SMALLEST))
        if kind == "any":
            kind = self.pick("int", "float", "bool", "string", "string", "ints", "strings", "set", "set", "null", "path", "int->int")
        known = [name for name, its in scope if its == kind]
        if known and self.random.random() < 0.3:
            return Node(kind, [self.random.choice(known)])
        if depth <= 0:
            return self.leaf(kind)
        roll = self.random.random()
        if roll < 0.25:
            return self.control(kind, depth - 1, scope)
        return getattr(self, "make_" + kind.replace("->", "_to_"))(depth - 1, scope)

    def leaf(self, kind):
        choice = self.random.choice
        texts = {
            "int": lambda: choice(INTEGERS),
            "float": lambda: choice(FLOATS),
            "bool": lambda: choice(["true", "false"]),
            "string": lambda: '"' + choice(STRINGS) + '"',
            "path": lambda: choice(["/a", "/a/b", "/a/b.nix", "./c", "../d", "./."]),
            "null": lambda: "null",
            "ints": lambda: choice(["[ ]", "[ 1 ]", "[ 3 1 2 ]", "[ 1 2 3 4 5 ]"]),
            "strings": lambda: choice(["[ ]", '[ "a" ]', '[ "b" "a" "" ]']),
            "set": lambda: choice(["{ }", "{ a = 1; }", '{ a = 1; b = "x"; }', "{ x.y.z = 1; }", "rec { a = 1; b = a; }"]),
            "int->int": lambda: choice(["(x: x)", "(x: x + 1)", "({ a ? 1, ... }: a)" if False else "(x: 0 - x)", "(builtins.add 1)"]),
            "any->any": lambda: choice(["(x: x)", "(x: [ x ])", "builtins.typeOf"]),
        }
        text = texts[kind]()
        return Node(kind, ["(" + text + ")" if text.startswith("-") else text])

    def name(self):
        self.fresh += 1
        return self.pick("v", "w", "long-name", "n'") + str(self.fresh)

    def control(self, kind, depth, scope):
        make = self.make
        roll = self.random.randrange(9)
        if roll == 0:
            return Node(kind, ["(if ", make("bool", depth, scope), " then ", make(kind, depth, scope), " else ", make(kind, depth, scope), ")"])
        if roll == 1:
            name, its = self.name(), self.pick("int", "string", "set", "ints", "int->int")
            return Node(kind, [f"(let {name} = ", make(its, depth, scope), "; in ", make(kind, depth, scope + [(name, its)]), ")"])
        if roll == 2:
            name, its = self.name(), self.pick("int", "string", "ints", "set")
            return Node(kind, [f"((({name}: ", make(kind, depth, scope + [(name, its)]), ") ", make(its, depth, scope), "))"])
        if roll == 3:
            name, its = self.name(), self.pick("int", "string", "set")
            return Node(kind, ["((({ " + name + " ? ", make(its, depth, scope), self.pick("", ", ..."), " }: ", make(kind, depth, scope + [(name, its)]), ") { }))"])
        if roll == 4:
            name, its = self.name(), self.pick("int", "string", "set")
            return Node(kind, ["(with { " + name + " = ", make(its, depth, scope), "; }; ", make(kind, depth, scope + [(name, its)]), ")"])
        if roll == 5:
            return Node(kind, ["(assert ", make("bool", depth, scope), " || true; ", make(kind, depth, scope), ")"])
        if roll == 6:
            return Node(kind, ["({ a = ", make(kind, depth, scope), "; b = ", make("any", depth, scope), "; }.", self.pick("a", "a", '"a"', "${" + '"a"' + "}"), ")"])
        if roll == 7:
            return Node(kind, ["(builtins.seq ", make("any", depth, scope), " ", make(kind, depth, scope), ")"])
        return Node(kind, ["(", make("set", depth, scope), ".zz or ", make(kind, depth, scope), ")"])

    def form(self, kind, depth, scope, forms):
        """A form is a text in which <type> stands for an expression of that type."""
        form, parts = self.random.choice(forms), []
        while "<" in form and ">" in form[form.index("<"):]:
            start = form.index("<")
            end = form.index(">", start)
            while form[start + 1:end].endswith("-"):
                end = form.index(">", end + 1)
            its = form[start + 1:end]
            if its not in SMALLEST:
                parts.append(form[:start + 1])
                form = form[start + 1:]
                continue
            parts.append(form[:start])
            parts.append(self.make(its, depth, scope))
            form = form[end + 1:]
        parts.append(form)
        return Node(kind, ["("] + parts + [")"])

    def make_int(self, depth, scope):
        return self.form("int", depth, scope, [
            "<int> + <int>", "<int> - <int>", "<int> * <int>", "builtins.length <ints>", "builtins.stringLength <string>",
            "<int->int> <int>", "builtins.foldl' (a: b: a + b) 0 <ints>", "builtins.bitAnd <int> <int>", "builtins.bitXor <int> <int>",
            "builtins.bitOr <int> <int>", "builtins.compareVersions <string> <string>", "builtins.ceil <float>", "builtins.floor <float>",
            "builtins.length (builtins.attrNames <set>)", "- <int>", "builtins.div <int> 3", "builtins.head (<ints> ++ [ 5 ])",
            "builtins.length (builtins.split \"" + self.random.choice(REGEXES) + "\" <string>)", "builtins.sub <int> <int>",
            "(builtins.genericClosure { startSet = [ { key = 1; } ]; operator = i: if i.key > 4 then [ ] else [ { key = i.key + 1; } ]; } == [ ]) == false -> true == true",
        ][:-1])

    def make_float(self, depth, scope):
        return self.form("float", depth, scope, ["<float> + <float>", "<float> * <int>", "<int> - <float>", "<float> / 3.7", "builtins.fromJSON \"1.5e2\"", "<int> / 4.0"])

    def make_bool(self, depth, scope):
        return self.form("bool", depth, scope, [
            "<any> == <any>", "<set> == <set>", "<ints> == <ints>", "<int> < <int>", "<string> < <string>", "<ints> < <ints>", "<float> >= <int>",
            "<bool> && <bool>", "<bool> || <bool>", "<bool> -> <bool>", "! <bool>", "<set> ? a", "<set> ? x.y.z", "builtins.hasAttr \"b\" <set>",
            "builtins.elem <int> <ints>", "builtins.all (x: x > 0) <ints>", "builtins.any (x: x > 2) <ints>", "builtins.isAttrs <any>",
            "builtins.isString <any>", "builtins.isFunction <any>", "<string> != <string>", "builtins.match \"" + self.random.choice(REGEXES) + "\" <string> == null",
            "builtins.hasContext <string>", "builtins.lessThan <int> <float>", "(builtins.tryEval <any>).success", "<path> == <path>",
        ])

    def make_string(self, depth, scope):
        return self.form("string", depth, scope, [
            "<string> + <string>", "\"${<string>}-${<string>}\"", "builtins.toString <any>" if False else "builtins.toString <int>",
            "builtins.toString <float>", "builtins.toString <ints>", "builtins.toString <bool>", "builtins.substring <int> 3 <string>",
            "builtins.concatStringsSep <string> <strings>", "builtins.toJSON <set>", "builtins.toJSON <float>", "builtins.toJSON <ints>",
            "builtins.toJSON <string>", "builtins.toXML <any>", "builtins.typeOf <any>", "builtins.baseNameOf <string>", "builtins.dirOf <string>",
            "builtins.replaceStrings <strings> <strings> <string>" if False else "builtins.replaceStrings [ \"a\" \"\" ] [ <string> \"-\" ] <string>",
            "''\n    ${<string>}\n      b\n  ''", "''a'''b''${c}''\\n''\\t${<string>}''", "builtins.hashString \"sha256\" <string>",
            "builtins.hashString \"md5\" <string>", "builtins.toString <path>", "(builtins.parseDrvName <string>).name", "builtins.head (<strings> ++ [ \"q\" ])",
            "builtins.placeholder <string>", "builtins.unsafeDiscardStringContext <string>", "builtins.toString { outPath = <string>; }",
            "\"${{ __toString = s: <string>; }}\"", "builtins.convertHash { hash = builtins.hashString \"sha1\" <string>; toHashFormat = \"nix32\"; hashAlgo = \"sha1\"; }",
        ])

    def make_path(self, depth, scope):
        return self.form("path", depth, scope, ["<path> + \"/q\"", "builtins.dirOf <path>", "/a/${\"b\" + \"c\"}/d", "<path> + <path>"])

    def make_null(self, depth, scope):
        return self.form("null", depth, scope, ["null", "builtins.fromJSON \"null\"", "builtins.match \"b\" \"a\""])

    def make_ints(self, depth, scope):
        return self.form("ints", depth, scope, [
            "[ <int> <int> ]", "<ints> ++ <ints>", "map <int->int> <ints>", "builtins.filter (x: x > 1) <ints>", "builtins.genList <int->int> 4",
            "builtins.sort (a: b: a < b) <ints>", "builtins.sort builtins.lessThan <ints>", "builtins.concatMap (x: [ x x ]) <ints>", "builtins.tail ([ 0 ] ++ <ints>)",
            "builtins.concatLists [ <ints> <ints> ]", "builtins.catAttrs \"a\" [ { a = <int>; } { b = 1; } ]", "(builtins.partition (x: x > 1) <ints>).right",
            "map (e: e.key) (builtins.genericClosure { startSet = [ { key = <int>; } ]; operator = e: if e.key > 2 && e.key < 9 then [ { key = e.key + 1; } ] else [ ]; })",
        ])

    def make_strings(self, depth, scope):
        return self.form("strings", depth, scope, [
            "[ <string> <string> ]", "builtins.attrNames <set>", "<strings> ++ <strings>", "builtins.sort (a: b: a < b) <strings>",
            "builtins.splitVersion <string>", "builtins.filter builtins.isString (builtins.split \"" + self.random.choice(REGEXES) + "\" <string>)",
            "map (s: s + \"!\") <strings>", "builtins.attrNames (builtins.groupBy (s: builtins.substring 0 1 s) <strings>)",
        ])

    def make_set(self, depth, scope):
        name = self.pick(*NAMES[:5])
        return self.form("set", depth, scope, [
            "{ " + name + " = <any>; " + "}", "{ a = <any>; b.c = <any>; }", "<set> // <set>", "rec { a = <int>; b = a + 1; }", "removeAttrs <set> [ \"a\" ]",
            "builtins.mapAttrs (n: v: n) <set>", "builtins.listToAttrs [ { name = <string>; value = <any>; } ]", "builtins.intersectAttrs <set> <set>",
            "builtins.parseDrvName <string>", "{ inherit (<set> // { q = 1; }) q; }", "{ ${<string>} = <any>; }", "builtins.groupBy (x: toString x) <ints>",
            "builtins.zipAttrsWith (n: vs: vs) [ <set> <set> ]", "builtins.functionArgs ({ a, b ? 1, ... }: a)", "builtins.fromJSON (builtins.toJSON <set>)",
            "builtins.tryEval <any>", "builtins.partition (x: x > 1) <ints>", "{ a = <any>; \"b c\" = <any>; \"${\"d\"}\" = <any>; }",
            "builtins.fromTOML \"a = 1\\nb = [ 1.5, \\\"x\\\" ]\"", "{ __functor = self: x: x; v = <any>; }", "let s = <set>; in { inherit s; }",
        ])

    def make_int_to_int(self, depth, scope):
        name = self.name()
        return Node("int->int", ["(" + name + ": ", self.make("int", depth, scope + [(name, "int")]), ")"])

    def make_any_to_any(self, depth, scope):
        name = self.name()
        return Node("any->any", ["(" + name + ": ", self.make("any", depth, scope), ")"])
