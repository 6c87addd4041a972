"""The pictures of an issue: those that came get their sizes, one that cannot be shown is lost alone and remarked."""

import hashlib
import os
import signal

import pytest

from digest import illustrating, sandbox, scaling
from digest.errors import RejectedError
from digest.illustrating import illustrate
from digest.model import Article, Issue, Masthead, Picture, Remark
from tests.drawn import encoded, photograph

LAKE, FERRY = encoded(photograph(900, 600)), encoded(photograph(500, 300, shade=90))


def issue(*names: str) -> Issue:
    return Issue(Masthead(), (Article(pictures=tuple(Picture(name, "说明") for name in names)),))


def remarks(found: illustrating.Illustrated) -> dict[str, object]:
    return {remark.code: remark.facts["names"] for remark in found.issue.remarks}


def test_a_picture_gets_its_sizes_and_all_bytes_are_to_be_kept() -> None:
    found = illustrate(issue("a.jpg", "b.jpg", "a.jpg"), {"a.jpg": LAKE, "b.jpg": FERRY, "unused.jpg": FERRY + b" "})
    first, second, again = found.issue.articles[0].pictures
    assert (first.caption, first.original) == ("说明", hashlib.sha256(LAKE).hexdigest())
    assert [size.width for size in first.sizes] == [900, 640]
    assert first == again
    assert {*found.blobs} == {one.original for one in (first, second)} | {
        size.sha256 for one in (first, second) for size in one.sizes
    }
    assert all(hashlib.sha256(content).hexdigest() == sha256 for sha256, content in found.blobs.items())
    assert [len(found.blobs[size.sha256]) for size in first.sizes] == [size.length for size in first.sizes]
    assert found.issue.remarks == ()


def test_one_that_is_broken_costs_no_other_and_one_that_did_not_come_is_told() -> None:
    found = illustrate(issue("a.jpg", "b.jpg", "c.jpg", ""), {"a.jpg": b"no picture", "b.jpg": FERRY})
    assert [bool(picture.sizes) for picture in found.issue.articles[0].pictures] == [False, True, False, False]
    assert found.issue.articles[0].pictures[0] == Picture("a.jpg", "说明")
    assert remarks(found) == {"remark.pictures_broken": "a.jpg", "remark.pictures_absent": "c.jpg"}


def test_what_was_remarked_before_stays_and_many_names_are_shortened() -> None:
    before = Issue(
        Masthead(), (Article(pictures=tuple(Picture(f"{n}.jpg") for n in range(9))),), remarks=(Remark("x"),)
    )
    first, second = illustrate(before, {}).issue.remarks
    assert first == Remark("x")
    assert second.facts == {"n": 9, "names": "0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg …"}


def test_more_pictures_than_an_issue_can_have_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(illustrating, "MOST_PICTURES", 1)
    found = illustrate(issue("a.jpg", "b.jpg"), {"a.jpg": LAKE, "b.jpg": FERRY})
    assert remarks(found) == {"remark.pictures_many": "b.jpg"}


def deadly(question: bytes) -> bytes:
    """Scale pictures in a process that one of them kills."""
    if b"deadly" in question:
        os.kill(os.getpid(), signal.SIGKILL)
    return scaling.answer(question)


def test_one_that_ends_the_process_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: object, given: bytes, limits: sandbox.Limits) -> bytes:
        return really(deadly, given, limits)

    really = sandbox.run
    monkeypatch.setattr(sandbox, "run", run)
    came = {"a.jpg": LAKE, "b.jpg": b"deadly", "c.jpg": FERRY}
    found = illustrate(issue(*came), came)
    assert [bool(picture.sizes) for picture in found.issue.articles[0].pictures] == [True, False, True]
    assert remarks(found) == {"remark.pictures_broken": "b.jpg"}


def test_after_a_few_such_the_rest_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[bytes] = []

    def die(_: object, given: bytes, __: sandbox.Limits) -> bytes:
        runs.append(given)
        raise RejectedError("rejected.reader_slow", seconds=1)

    monkeypatch.setattr(sandbox, "run", die)
    found = illustrate(issue(*map(str, range(9))), {str(n): bytes([n]) for n in range(9)})
    assert len(runs) == 1 + illustrating.MOST_DEATHS
    assert remarks(found) == {"remark.pictures_broken": "0, 1, 2, 3, 4 …"}
