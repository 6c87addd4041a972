"""The sandbox: run a function on bytes in a process of its own, which may fail in any way without harm to this one.

The child is a fresh interpreter: it shares no memory, no open file and no lock with the service. It answers in bytes,
never in objects: a reader that a hostile file has taken over can tell something wrong, and do nothing else here.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import IO, NoReturn

from digest.errors import RejectedError

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from digest import sandbox; sandbox.child(sys.argv[2:])"
)
_TOLD = 300
"""How much of a failure is told, in characters."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take: seconds of processor and of time, bytes of memory (as addresses) and of its answer."""

    cpu_seconds: int = 60
    seconds: float = 180
    memory: int = 1 << 30
    answer: int = 512 << 20


USUAL = Limits()


def run(function: Callable[[bytes], bytes], given: bytes, limits: Limits = USUAL) -> bytes:
    """Return `function(given)`, computed in a child that finds the function by its module and its name.

    Raises:
        RejectedError: `rejected.reader_slow`, `rejected.reader_memory`, or `rejected.reader_failed` with what was seen.
    """
    paths = json.dumps([os.path.abspath(path) for path in sys.path])  # noqa: PTH100 -- "" is the current folder
    name = [function.__module__, function.__qualname__]
    numbers = [str(limits.cpu_seconds), str(limits.memory), str(limits.answer)]
    command = [sys.executable, "-I", "-c", _START, paths, *name, *numbers]
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as said:
        question.write(given)
        question.seek(0)
        status = _status(command, (question, answer, said), limits.seconds)
        if status != 0:
            _refuse(status, said, limits)
        answer.seek(0)
        return answer.read()


def child(arguments: list[str]) -> None:
    """Be the child: keep within the limits, read the question from standard input, write the answer to its output."""
    import resource

    module, name, *numbers = arguments
    cpu_seconds, memory, answer = map(int, numbers)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))  # the signal first, death a second later
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))
    output = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    function = getattr(import_module(module), name)
    with os.fdopen(output, "wb") as stream:
        stream.write(function(sys.stdin.buffer.read()))


def _status(command: list[str], streams: tuple[IO[bytes], IO[bytes], IO[bytes]], seconds: float) -> int:
    """Run `command` to its end, or for `seconds`; return its exit status, or minus the signal that ended it."""
    question, answer, said = streams
    process = subprocess.Popen(  # noqa: S603 -- this interpreter, with arguments of our own
        command, stdin=question, stdout=answer, stderr=said, env={}, cwd="/", start_new_session=True
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise RejectedError("rejected.reader_slow", seconds=round(seconds)) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _refuse(status: int, said: IO[bytes], limits: Limits) -> NoReturn:
    if status == -signal.SIGXCPU:
        raise RejectedError("rejected.reader_slow", seconds=limits.cpu_seconds)
    said.seek(max(0, said.seek(0, os.SEEK_END) - 4096))
    lines = said.read().decode(errors="replace").strip().splitlines()
    last = lines[-1] if lines and status > 0 else ""
    if last.startswith("MemoryError"):
        raise RejectedError("rejected.reader_memory", mb=limits.memory >> 20)
    names = {one.value: one.name for one in signal.Signals}
    raise RejectedError("rejected.reader_failed", detail=last[:_TOLD] or names.get(-status, str(status)))
