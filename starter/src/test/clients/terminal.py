"""Runs the clients' command lines as somebody at a terminal does, and reads what they print."""

import atexit
import contextlib
import functools
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from forks import Program

API = os.environ.get("VITRINE_API", "")
_BIN = Path(sys.executable).parent
_DEADLINE_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    command: str
    code: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)

    def rows(self):
        """The rows of the printed table, as dictionaries by column title."""
        lines = [line for line in self.out.splitlines() if line.startswith("|")]
        cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
        return [dict(zip(cells[0], row)) for row in cells[1:]] if cells else []

    def properties(self):
        """The printed table of properties, as one dictionary; a long value goes over more rows."""
        values, name = {}, ""
        for row in self.rows():
            name = row["Property"] or name
            values[name] = values.get(name, "") + row["Value"]
        return values


def _environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OS_")}
    return kept | {"HOME": home, "COLUMNS": "400", "LC_ALL": "C.UTF-8"}


@functools.cache
def _program(name):
    home = tempfile.TemporaryDirectory(prefix="vitrine-client-")
    atexit.register(home.cleanup)
    return Program(str(_BIN / name), _environment(home.name), _DEADLINE_SECONDS)


def _feed(pipe, data):
    # A command that has failed does not read all.
    with contextlib.suppress(BrokenPipeError), open(pipe, "wb") as end:
        end.write(data)


def _text(file):
    file.seek(0)
    return file.read().decode("utf-8", "replace")


class Terminal:
    """One user's terminal: a home directory of its own, no settings left over from the caller's."""

    def __init__(self, program, *options, environment=None):
        self._program = program
        self._options = options
        self._home = tempfile.TemporaryDirectory(prefix="vitrine-client-")
        self._environment = _environment(self._home.name) | (environment or {})

    def close(self):
        self._home.cleanup()

    def run(self, *arguments, data=None):
        """Runs a command; `data` comes through a pipe, and without it the input is a terminal,
        by which both programs know that no image is given to them there."""
        arguments = [*self._options, *map(str, arguments)]
        program = _program(self._program)
        near, far = os.openpty() if data is None else reversed(os.pipe())
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with open(far, "rb", buffering=0) as stdin:
                program.start(arguments, self._environment, stdin, out, err)
            if data is not None:
                _feed(near, data)
            code = program.exit_code()
            if data is None:
                os.close(near)
            printed = [_text(file) for file in (out, err)]
        return Answer(" ".join([self._program, *arguments]), code, *printed)

    def ok(self, *arguments, data=None):
        """Runs a command that has to succeed."""
        answer = self.run(*arguments, data=data)
        if answer.code != 0:
            raise AssertionError(
                f"{answer.command}\nexit code {answer.code}\n{answer.out}{answer.err}"
            )
        return answer

    def refused(self, *arguments, data=None):
        """Runs a command that has to fail; returns what it says."""
        answer = self.run(*arguments, data=data)
        if answer.code == 0:
            raise AssertionError(f"{answer.command}\nhas succeeded:\n{answer.out}")
        return answer.err + answer.out


def openstack():
    return Terminal("openstack", "--os-auth-type", "none", "--os-endpoint", API)


def glance():
    return Terminal("glance", "--os-auth-token", "any", "--os-image-url", API)
