"""What the tests of the inbox share: a clock that moves when told, and processes that can be watched, or die."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from digest.inbox import Claim, Inbox


class Clock:
    """A monotonic clock that moves when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def settled(inbox: Inbox, clock: Clock, seconds: float = 2) -> list[Claim]:
    """Scan twice, with time enough between."""
    first = list(inbox.claim())
    clock.seconds += seconds
    return first + list(inbox.claim())


def taken(inbox: Inbox) -> list[str]:
    """Scan once, read what there is, and reject it; return the names."""
    names = []
    for claim in inbox.claim():
        inbox.read(claim)
        inbox.reject(claim, "x")
        names.append(claim.name)
    return names


def in_a_process(work: Callable[[], object], user: int | None = None) -> Any:
    """Return what `work` returns in a process of its own, of another user if one is given; None if it dies."""
    receiving, sending = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            os.write(sending, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else None


def calls(work: Callable[[], object]) -> list[list[str]]:
    """Return the names and paths of the calls of the file system that `work` makes in a process of its own."""
    made: list[list[str]] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("os.") or event == "open":
            made.append(
                [event, *(os.fsdecode(each) for each in arguments if isinstance(each, str | bytes | os.PathLike))]
            )

    def fsync(handle: int, really: Callable[[int], None] = os.fsync) -> None:
        made.append(["os.fsync", str(Path(f"/proc/self/fd/{handle}").readlink())])
        really(handle)

    def watched() -> list[list[str]]:
        sys.addaudithook(note)
        with mock.patch("os.fsync", fsync):
            work()
        return list(made)

    found: list[list[str]] = in_a_process(watched)
    return found


def dies_at(call: int, work: Callable[[], object]) -> bool:
    """Run `work` in a process that is killed before its n-th call of the file system; say whether it came to that."""
    left = call

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event.startswith(("os.", "fcntl.")) or event == "open":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), 9)

    def doomed() -> bool:
        sys.addaudithook(count)
        work()
        return True

    return in_a_process(doomed) is None
