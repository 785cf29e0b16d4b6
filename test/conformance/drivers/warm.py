"""Starts clients fast: `python warm.py` imports once what they need, and forks for each of them.

A line of its input asks for a client: `id`, `args`, `directory`, `environment` and the `pipes` for
its output. A line of its output tells the `pid`, another one the `exitCode`. The fork becomes what
`python ARGS` in that directory would be, with its own environment, streams and signals.
"""

import atexit
import gc
import importlib
import json
import os
import select
import signal
import sys
import threading
import time
import types
from typing import Any, Dict, Iterator, NoReturn, cast

# What takes a client or its driver long to import.
for name in ("concurrent.futures", "importlib.util", "requests"):
    importlib.import_module(name)

children: Dict[int, int] = {}
woken, wakes = os.pipe()
for end in (woken, wakes):
    os.set_blocking(end, False)
signal.set_wakeup_fd(wakes)
signal.signal(signal.SIGCHLD, lambda _number, _frame: None)


def tell(**what: int) -> None:
    os.write(1, f"{json.dumps(what)}\n".encode())


def tell_ends() -> None:
    while children:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        tell(id=children.pop(child), exitCode=os.waitstatus_to_exitcode(status))


def clients() -> Iterator[Dict[str, Any]]:
    rest = b""
    while True:
        ready = select.select([0, woken], [], [])[0]
        if woken in ready:
            os.read(woken, 4096)
            tell_ends()
        if 0 in ready:
            read = os.read(0, 65536)
            if not read:
                sys.exit()
            *lines, rest = (rest + read).split(b"\n")
            yield from map(json.loads, lines)


gc.freeze()
client: Dict[str, Any] = {}
for client in clients():
    for pipe in client["pipes"]:
        os.mkfifo(pipe)
    pid = os.fork()
    if pid == 0:
        break
    children[pid] = client["id"]
    tell(id=client["id"], pid=pid)

signal.set_wakeup_fd(-1)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
os.closerange(3, 256)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
signal.alarm(60)  # whoever asked may be gone before it opens the pipes
for stream, pipe in enumerate(client["pipes"], 1):
    os.dup2(os.open(pipe, os.O_WRONLY), stream)
signal.alarm(0)
os.closerange(3, 256)
os.environ.clear()
os.environ.update(client["environment"])
time.tzset()
os.chdir(client["directory"])
sys.argv = client["args"]
sys.path[0] = os.path.dirname(sys.argv[0])
main = types.ModuleType("__main__")
main.__file__ = sys.argv[0]
sys.modules["__main__"] = main


def run() -> int:
    """Runs the file, and says how `python` would exit."""
    try:
        with open(sys.argv[0], "rb") as file:
            exec(compile(file.read(), sys.argv[0], "exec"), main.__dict__)
    except SystemExit as error:
        if error.code is None or isinstance(error.code, int):
            return error.code or 0
        print(error.code, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        sys.excepthook(*sys.exc_info())
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def end(code: int) -> NoReturn:
    """What `python` does at its end, but it doesn't free memory: that would copy the parent's."""
    # Private, as only the interpreter itself calls them: in this order, in Py_FinalizeEx.
    cast(Any, threading)._shutdown()
    cast(Any, atexit)._run_exitfuncs()
    try:
        sys.stdout.flush()
    except OSError as error:
        print(f"Exception ignored in: {sys.stdout!r}\n{error!r}", file=sys.stderr)
        code = 120
    sys.stderr.flush()
    os._exit(code & 0xFF)


end(run())
