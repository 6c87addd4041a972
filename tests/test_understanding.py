"""What keeps a source from being understood: its own faults are its rejection, the machine's are not."""

import errno
import os
from pathlib import Path

import pytest

from digest import parsing, sandbox
from digest.analysis.lexicon import Lexicon, shipped
from digest.errors import RejectedError
from digest.model import Document, Source
from digest.settings import Analysis
from digest.understanding import understand

FORMATS = Path(__file__).parent / "data" / "formats"
LEXICON = Lexicon.build(shipped(), segmenter="rjieba")


@pytest.mark.parametrize("name", ["issue.docx", "issue.pdf"])
def test_a_risky_format_is_read_in_a_process_of_its_own(name: str) -> None:
    issue = understand(Source(name, (FORMATS / name).read_bytes()), LEXICON, Analysis())
    assert issue.articles


def test_what_the_machine_cannot_do_now_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sandbox, "run", full)
    with pytest.raises(OSError, match="No space left"):
        understand(Source("issue.docx", (FORMATS / "issue.docx").read_bytes()), LEXICON, Analysis())


def test_a_defect_of_ours_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Document) -> None:
        raise ZeroDivisionError("in a rule")

    monkeypatch.setattr(parsing, "parse", broken)
    with pytest.raises(RejectedError) as refused:
        understand(Source("a.txt", "标题\n\n正文一句。\n".encode()), LEXICON, Analysis())
    assert (refused.value.code, refused.value.facts["detail"]) == (
        "rejected.defect",
        "ZeroDivisionError: in a rule",
    )


def test_what_holds_no_article_is_refused() -> None:
    with pytest.raises(RejectedError) as refused:
        understand(Source("a.txt", "——\n".encode()), LEXICON, Analysis())
    assert refused.value.code == "rejected.no_article"
