"""The wire: what comes back from a process that is not trusted is a document, a refusal, or no answer."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import RejectedError
from digest.model import Document, Line, Remark, Source
from digest.reading import read, wire

TEXT = "---\nnumber: 7\nnumbr: 8\nembargo: 2026-11-20 08:00\n---\n## 渡口开航\n=== 公园 ===\n正文。\n===\n"
MODIFIED = datetime(2026, 11, 20, tzinfo=UTC)


def over(source: Source) -> Document:
    return wire.opened(wire.answer(wire.packed(source)))


def test_a_document_arrives_as_it_was_sent() -> None:
    source = Source("第3期.md", TEXT.encode(), MODIFIED, b"title: \xe6\xb1\x9f\n")
    assert over(source) == read(source)


def test_a_refusal_arrives_as_it_was_sent() -> None:
    with pytest.raises(RejectedError) as sent:
        read(Source("a.txt", "第一行\n".encode() + b"\0"))
    with pytest.raises(RejectedError) as caught:
        over(Source("a.txt", "第一行\n".encode() + b"\0"))
    assert (caught.value.code, caught.value.facts) == (sent.value.code, sent.value.facts)


@given(st.binary(max_size=60) | st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists).map(
    lambda value: json.dumps({"lines": value, "name": value, "code": value} if value else value).encode()
))  # fmt: skip
def test_what_is_no_answer_is_a_refusal(answered: bytes) -> None:
    with pytest.raises(RejectedError):
        wire.opened(answered)


@pytest.mark.parametrize("line", [["a"], ["a", "2", 1, None], ["a", 0, "1", None], ["a", 0, None, "x"], {}, 3])
def test_lines_of_another_shape_are_no_answer(line: object) -> None:
    answer = json.loads(wire.answer(wire.packed(Source("a.txt", "正文。".encode()))))
    with pytest.raises(RejectedError) as caught:
        wire.opened(json.dumps({**answer, "lines": [line]}).encode())
    assert caught.value.code == "rejected.reader_failed"


def test_pictures_and_remarks_arrive_as_they_were_sent() -> None:
    sent = Document(
        "a.pdf", (Line("![](a.jpg)", page=2),), {"a.jpg": bytes(range(256))}, remarks=(Remark("remark.x", {"n": 1}),)
    )
    assert wire._document(json.loads(json.dumps(wire._told(sent)))) == sent
