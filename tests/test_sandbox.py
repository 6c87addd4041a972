"""The sandbox: whatever a function does in there, here it is an answer or a refusal."""

import ctypes
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from digest import sandbox
from digest.errors import RejectedError
from digest.messages import Messages
from digest.sandbox import Limits


def backwards(given: bytes) -> bytes:
    os.write(1, b"what a library prints is no answer")
    return given[::-1]


def who(given: bytes) -> bytes:
    listed = Path("/proc/self/fd")
    open_files = len(list(listed.iterdir())) if listed.is_dir() else 4
    return f"{open_files} {dict(os.environ)} {threading.active_count()}".encode()


def forever(given: bytes) -> bytes:
    while True:
        pass


def asleep(given: bytes) -> bytes:
    threading.Event().wait()
    return given


def greedy(given: bytes) -> bytes:
    return b"x" * (512 << 20)


def talkative(given: bytes) -> bytes:
    return b"x" * (2 << 20)


def gone(given: bytes) -> bytes:
    os._exit(7)


def crashing(given: bytes) -> bytes:
    ctypes.string_at(0)
    return given


def faulty(given: bytes) -> bytes:
    raise ValueError("a defect")


def refusal(function: Callable[[bytes], bytes], limits: Limits = sandbox.USUAL) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        sandbox.run(function, b"", limits)
    return caught.value


def test_the_answer_comes_back_and_nothing_else() -> None:
    given = bytes(range(256)) * 4096
    assert sandbox.run(backwards, given) == given[::-1]


def test_the_child_has_no_file_and_no_variable_of_ours() -> None:
    with Path(__file__).open("rb") as file:
        os.set_inheritable(file.fileno(), True)
        files, _, rest = sandbox.run(who, b"").decode().partition(" ")
    assert int(files) <= 5  # question, output twice, errors, the listing itself
    assert rest in {"{} 1", "{'LC_CTYPE': 'C.UTF-8'} 1"}


@pytest.mark.parametrize(
    ("function", "limits", "code", "detail"),
    [
        (forever, Limits(cpu_seconds=1), "rejected.reader_slow", None),
        (asleep, Limits(seconds=0.5), "rejected.reader_slow", None),
        (greedy, Limits(memory=256 << 20), "rejected.reader_memory", None),
        (gone, Limits(), "rejected.reader_failed", "7"),
        (crashing, Limits(), "rejected.reader_failed", "SIGSEGV"),
        (faulty, Limits(), "rejected.reader_failed", "ValueError: a defect"),
        (talkative, Limits(answer=1 << 20), "rejected.reader_failed", "OSError: [Errno 27] File too large"),
    ],
)
def test_what_goes_wrong_is_a_refusal(
    function: Callable[[bytes], bytes], limits: Limits, code: str, detail: str | None
) -> None:
    refused = refusal(function, limits)
    assert (refused.code, refused.facts.get("detail")) == (code, detail)
    assert all(Messages(language).of(refused.code, refused.facts) for language in ("zh", "en"))


def test_a_child_can_be_used_from_any_thread() -> None:
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(sandbox.run(backwards, b"ab"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"ba"] * 3


def test_the_folder_that_python_was_started_in_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, ""])
    assert sandbox.run(backwards, b"ab") == b"ba"
