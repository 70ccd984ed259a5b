"""Programs of the Nix language, made at random from a grammar of types, so that most of them evaluate.

A program is a tree of Nodes. A node knows its type, which lets the shrinker put one of its own parts, or the smallest
value of that type, in its place.
"""

import random

from forms import FORMS, REGEXES, WRONG_FORMS

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

    def smaller(self):
        """Pairs of a node and what could stand in its place, the most promising first."""
        for node in sorted(self.nodes(), key=lambda it: -it.size()):
            smallest = Node(node.kind, [SMALLEST[node.kind]])
            parts = [part for part in node.nodes() if part is not node and (part.kind == node.kind or node is self)]
            for candidate in [smallest, *sorted(parts, key=Node.size)]:
                if candidate.text() != node.text() and candidate.size() <= node.size():
                    yield node, candidate

    def nodes(self):
        yield self
        for child in self.children():
            yield from child.nodes()


class Grammar:
    """
    One random program. The chance of a wrong type is given: those programs compare error texts. Where only the text matters,
    some parentheses are left out, for the precedence of operators.
    """

    def __init__(self, seed, wrong=0.0, bare=0.0):
        self.random = random.Random(seed)
        self.wrong, self.bare = wrong, bare
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
        if kind in FORMS:
            return self.form(kind, depth - 1, scope)
        name, (argument, result) = self.name(), kind.split("->")
        return Node(kind, ["(" + name + ": ", self.make(result, depth - 1, scope + [(name, argument)]), ")"])

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
            "int->int": lambda: choice(["(x: x)", "(x: x + 1)", "(x: 0 - x)", "(builtins.add 1)"]),
            "any->any": lambda: choice(["(x: x)", "(x: [ x ])", "builtins.typeOf", "({ a, b ? 1 }: a)", "(args@{ ... }: args)", "builtins.map"]),
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

    def form(self, kind, depth, scope):
        """A form is a text in which <type> stands for an expression of that type."""
        form, parts = self.pick(*FORMS[kind], *(WRONG_FORMS.get(kind, []) if self.wrong else [])), []
        form = form.replace("REGEX", self.pick(*REGEXES)).replace("NAME", self.pick(*NAMES[:5]))
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
        return Node(kind, parts if self.bare and self.random.random() < self.bare else ["("] + parts + [")"])
