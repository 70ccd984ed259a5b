"""Spoils the text of a program, so that most of the time it no longer parses."""

import re

from grammar import Node

TOKENS = re.compile(r"\s+|[A-Za-z_][A-Za-z0-9_'-]*|[0-9.]+|\.\.\.|//|\+\+|==|!=|<=|>=|&&|\|\||->|\$\{|''|.", re.S)

INSERTED = [
    "{", "}", "[", "]", "(", ")", ";", ":", "=", ".", ",", "@", "?", "...", "${", "''", '"', "$", "inherit", "rec", "with", "let", "in", "if",
    "then", "else", "assert", "or", "//", "++", "==", "->", "!", "-", "<", "|>", "<|", "/", "./a", "/a/", "~/a", "<a/b>", "http://a.b/c", "1.5",
    "99999999999999999999", "1e999", "# c\n", "/* c */", "/*", "\\", "\u00e9", "\x01", "\r\n", "\t", "x", "a.b.c", "__curPos", "&", "|", "%", "^",
]


def misspelt(tree, random):
    tokens = TOKENS.findall(tree.text())
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        at = random.randrange(len(tokens)) if tokens else 0
        roll = random.randrange(5)
        if roll == 0 and tokens:
            del tokens[at]
        elif roll == 1 and tokens:
            tokens.insert(at, tokens[at])
        elif roll == 2 and tokens:
            other = random.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif roll == 3:
            del tokens[at:]
        else:
            tokens.insert(at, random.choice(INSERTED))
    return Tokens(tokens)


class Tokens(Node):
    """A program as a row of tokens: it shrinks by leaving some out."""

    def __init__(self, tokens):
        super().__init__("any", [])
        self.tokens = tokens

    def text(self):
        return "".join(self.tokens)

    def smaller(self):
        length = len(self.tokens) // 2
        while length:
            for start in range(0, len(self.tokens), length):
                yield self, Tokens(self.tokens[:start] + self.tokens[start + length :])
            length //= 2
