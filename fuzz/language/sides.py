"""The two programs that are compared, and what each answers."""

import os
import shlex
import shutil
import subprocess
import tempfile

SECONDS = 20

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", ""),
    "HOME": "/nonexistent",
    "NIX_CONF_DIR": "/nonexistent",
    "NIX_REMOTE": "dummy://",
    "NO_COLOR": "1",
    "LC_ALL": "C.UTF-8",
}

# Entering a chroot costs far more than evaluating, so the way in is taken once: a shell there reads the name of a folder, one a
# line, runs the program in it and says that it is done. It ends with its input.
LOOP = """
while IFS= read -r place; do
  timeout {seconds} sh "$place/command" <"$place/in.nix" >"$place/out" 2>"$place/err"
  echo $? >"$place/status"
  echo done
done
"""


class Side:
    """One program, reached by some words. Owns a folder and a shell; use it in a `with`."""

    def __init__(self, way, words):
        self.way, self.words = way, words

    def __enter__(self):
        self.place = tempfile.mkdtemp(prefix="ferry-fuzz-side.")
        self.shell = subprocess.Popen(
            [*self.way, "sh", "-c", LOOP.format(seconds=SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        return self

    def __exit__(self, *_):
        self.shell.stdin.close()
        self.shell.wait()
        shutil.rmtree(self.place, ignore_errors=True)

    def run(self, text, flags):
        """What the program answered: output, error, exit status."""
        self.begin(text, flags)
        return self.end()

    def begin(self, text, flags):
        self.write("in.nix", text.encode("utf-8", "surrogateescape"))
        self.write("command", f"exec {shlex.join([*self.words, *flags, '-'])}\n".encode())
        self.shell.stdin.write(self.place.encode() + b"\n")
        self.shell.stdin.flush()

    def end(self):
        if self.shell.stdout.readline() != b"done\n":
            raise RuntimeError(f"the shell of {shlex.join(self.words)} ended")
        status = int(self.read("status"))
        # 124: `timeout` has ended the program. How far it came by then says nothing.
        return (b"", b"no answer in time", -1) if status == 124 else (self.read("out"), self.read("err"), status)

    def write(self, name, content):
        with open(os.path.join(self.place, name), "wb") as file:
            file.write(content)

    def read(self, name):
        with open(os.path.join(self.place, name), "rb") as file:
            return file.read()


class Comparison:
    """Asks both sides at the same time."""

    def __init__(self, ferry, stock):
        self.sides = ferry, stock

    def answers(self, text, flags):
        for side in self.sides:
            side.begin(text, flags)
        return [side.end() for side in self.sides]

    def differs(self, text, flags):
        ferry, stock = self.answers(text, flags)
        return ferry != stock

    def shrink(self, tree, flags, steps_max=100):
        """Puts parts of the tree, or the smallest value of a type, in the place of nodes, while the answers still differ."""
        steps, changed = 0, True
        while changed and steps < steps_max:
            changed = False
            for node, candidate in tree.smaller():
                if steps >= steps_max:
                    break
                steps += 1
                smaller = tree.replaced(node, candidate)
                if self.differs(smaller.text(), flags):
                    tree, changed = smaller, True
                    break
        return tree
