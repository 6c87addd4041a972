"""A command in a process of its own under strace: which calls it makes, killed at one of them, or refused one."""

import os
import re
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

STRACE = Path("/usr/bin/strace")

CHANGING = (
    *("write", "writev", "pwrite64", "pwritev", "fsync", "fdatasync", "ftruncate", "openat", "copy_file_range"),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat", "symlink", "symlinkat"),
    *("mkdir", "mkdirat", "rmdir", "chmod", "fchmod", "fchmodat", "sendfile", "sendto", "sendmsg"),
)
"""The calls by which a process changes what outlives it, or tells a server something."""

SYNCS = frozenset({"fsync", "fdatasync"})
"""The calls that tell a disk to keep what it was given: of these it is told in several threads at once."""

_CALL = re.compile(r"(\d+) +(\w+)\((.*)")
_ONLY_READS = re.compile(r"O_RDONLY(?!.*O_CREAT)")
_MAKES = re.compile(r"O_CREAT|O_TRUNC")
_PLACES = re.compile(r'"((?:[^"\\]|\\.)*)"|\d+<([^>]*)>')
_KILLED = -9

Work = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Call:
    """The `n`-th call of its name, from 1, that a process makes; `text` is what strace tells of its arguments."""

    name: str
    n: int
    text: str

    @property
    def places(self) -> list[str]:
        """The files that it is about."""
        return [quoted or behind for quoted, behind in _PLACES.findall(self.text)]

    @property
    def leaves_a_trace(self) -> bool:
        """Whether a process that is killed before it leaves something else than one that is killed after it.

        A kill takes no page from the system's memory: a sync changes nothing that a survivor can see, nor does opening
        what is there. Nor do reads and the like, which are no `CHANGING` calls at all.
        """
        return self.name not in SYNCS and (self.name != "openat" or bool(_MAKES.search(self.text)))

    def __str__(self) -> str:
        return f"{self.name} {self.n}: {self.text[:160]}"


def calls(work: Work, folder: Path, log: Path) -> list[Call]:
    """Run `work`, and return the calls that it changes something in `folder` with, or sends something."""
    assert _traced(work, log, ()) == 0, log.with_suffix(".out").read_text("utf-8")
    made: Counter[tuple[str, str]] = Counter()
    found = []
    lines = [_CALL.match(line) for line in log.read_text("utf-8", "replace").splitlines()]
    main = next(line[1] for line in lines if line)
    for line in lines:
        if line and (line[1] == main or line[2] in SYNCS):
            made[line[1], line[2]] += 1  # strace counts the calls of each thread by themselves
            call = Call(line[2], made[line[1], line[2]], line[3])
            ours = call.name.startswith("send") or any(place.startswith(str(folder)) for place in call.places)
            if ours and not (call.name == "openat" and _ONLY_READS.search(call.text)):
                found.append(call)
    return found


def killed(work: Work, call: Call, log: Path) -> bool:
    """Run `work`, and kill it before `call`; say whether it came to that."""
    return _traced(work, log, ("-e", f"inject={call.name}:signal=KILL:when={call.n}")) == _KILLED


def refused(work: Work, call: Call, error: str, log: Path) -> int:
    """Run `work`, let `call` fail with `error`, such as ENOSPC, and return the exit code."""
    return _traced(work, log, ("-e", f"inject={call.name}:error={error}:when={call.n}"))


def completed(work: Work, log: Path) -> int:
    """Run `work` in a process of its own, untraced; return the exit code."""
    pid = _forked(work, log, None)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _traced(work: Work, log: Path, inject: tuple[str, ...]) -> int:
    waiting, go = os.pipe()
    pid = _forked(work, log, waiting)
    os.close(waiting)
    command = [STRACE, "-f", "-y", "-o", log, "-e", f"trace={','.join(CHANGING)}", *inject, "-p", str(pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        assert "attached" in (said := strace.stderr.readline()), said
        os.write(go, b"x")
        os.close(go)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _forked(work: Work, log: Path, waiting: int | None) -> int:
    """Start a process that does `work`, as soon as there is something to be read from `waiting`; return its id."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        out = os.open(log.with_suffix(".out"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout, sys.stderr = (os.fdopen(handle, "w", closefd=False) for handle in (1, 2))
        if waiting is not None:
            os.read(waiting, 1)
        code = work()
    except BaseException:  # noqa: BLE001 -- whatever it is, this process must not go on as another pytest
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
