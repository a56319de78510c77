"""Processes of a Python program that is run again and again.

Most of what a command line of OpenStack's costs is to import a thousand modules. Here each command
is a process all the same, with its own arguments, environment, input, output and exit code, but it
is forked from one, the server, that has imported what the commands before have imported, and has
done nothing else.
"""

import atexit
import contextlib
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys


class Program:
    """A console script, on the side of whoever runs it."""

    def __init__(self, script, environment, deadline_seconds):
        """The environment is the server's: the one that modules read when they are imported."""
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(deadline_seconds)
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, __file__, script, str(theirs.fileno())],
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        atexit.register(self._close)

    def _close(self):
        self._socket.close()
        self._server.wait()

    def start(self, arguments, environment, stdin, stdout, stderr):
        """Starts a process; whoever does awaits its end before the next one."""
        line = json.dumps({"arguments": arguments, "environment": environment}) + "\n"
        files = [file.fileno() for file in (stdin, stdout, stderr)]
        sent = socket.send_fds(self._socket, [line.encode()], files)
        self._socket.sendall(line.encode()[sent:])

    def exit_code(self):
        """Waits for the end of the process; past the deadline, that of all of them."""
        try:
            return int(self._socket.recv(16))
        except TimeoutError:
            os.killpg(self._server.pid, signal.SIGKILL)
            raise


def serve(script, requests):
    """Starts a process for each request, and returns in that process alone."""
    # As where the script itself is run: there are modules that look when they are imported.
    sys.path[0] = os.path.dirname(script)
    sys.argv = [script]
    while True:
        line, files, *_ = socket.recv_fds(requests, 1 << 16, 3)
        if not line:
            sys.exit()
        while not line.endswith(b"\n"):
            line += requests.recv(1 << 16)
        reader, writer = os.pipe()
        process = os.fork()
        if process == 0:
            requests.close()
            os.close(reader)
            become(script, json.loads(line), files)
            atexit.register(tell_imports, writer, set(sys.modules))
            return
        for file in (*files, writer):
            os.close(file)
        with open(reader) as names:
            learn(names.read().split())
        _, status = os.waitpid(process, 0)
        requests.sendall(b"%d" % os.waitstatus_to_exitcode(status))


def become(script, request, files):
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = [script, *request["arguments"]]


def tell_imports(writer, before):
    with open(writer, "w") as names:
        names.write("\n".join(name for name in sys.modules if name not in before))


def learn(names):
    for name in names:
        # Some are made by others, and have no file to import them from.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


if __name__ == "__main__":
    _, _script, _requests = sys.argv
    serve(_script, socket.socket(fileno=int(_requests)))
    runpy.run_path(_script, run_name="__main__")
