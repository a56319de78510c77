"""Runs the clients' command lines as somebody at a terminal does, and reads what they print."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

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


class Terminal:
    """One user's terminal: a home directory of its own, no settings left over from the caller's."""

    def __init__(self, program, *options, environment=None):
        self._command = [str(_BIN / program), *options]
        self._home = tempfile.TemporaryDirectory(prefix="vitrine-client-")
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("OS_")
        }
        self._environment |= {"HOME": self._home.name, "COLUMNS": "400", "LC_ALL": "C.UTF-8"}
        self._environment |= environment or {}

    def close(self):
        self._home.cleanup()

    def run(self, *arguments, data=None):
        """Runs a command; `data` comes through a pipe, and without it the input is a terminal,
        by which both programs know that no image is given to them there."""
        command = [*self._command, *map(str, arguments)]
        pipe = {"input": data} if data is not None else {}
        terminal = None
        if data is None:
            controller, terminal = os.openpty()
            pipe = {"stdin": terminal}
        try:
            done = subprocess.run(
                command,
                env=self._environment,
                capture_output=True,
                timeout=_DEADLINE_SECONDS,
                check=False,
                **pipe,
            )
        finally:
            if terminal is not None:
                os.close(terminal)
                os.close(controller)
        out, err = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
        return Answer(" ".join(command), done.returncode, out, err)

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
