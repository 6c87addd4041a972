"""The wire: sources and documents as bytes, so that a reader may work in a process that is not trusted."""

import base64
import json
from datetime import datetime
from typing import Any

from digest.errors import RejectedError
from digest.model import Document, Line, Remark, Source
from digest.reading import read


def packed(source: Source) -> bytes:
    """Return `source` as bytes for `answer`."""
    head = {
        "name": source.name,
        "modified": source.modified and source.modified.isoformat(),
        "sidecar": None if source.sidecar is None else _text(source.sidecar),
    }
    return json.dumps(head).encode() + b"\n" + source.content


def answer(question: bytes) -> bytes:
    """Return what `read` makes of a packed source, a refusal included, as bytes for `opened`."""
    head, _, content = question.partition(b"\n")
    asked = json.loads(head)
    sidecar = None if asked["sidecar"] is None else _bytes(asked["sidecar"])
    try:
        told = _told(read(Source(asked["name"], content, _time(asked["modified"]), sidecar)))
    except RejectedError as refusal:
        told = {"code": refusal.code, "facts": {name: _fact(fact) for name, fact in refusal.facts.items()}}
    return json.dumps(told).encode()


def opened(answered: bytes) -> Document:
    """Return the document of an answer, which is taken for data and nothing else.

    Raises:
        RejectedError: the refusal that the answer holds, or `rejected.reader_failed` where it is no answer.
    """
    try:
        told = json.loads(answered)
        found = RejectedError(str(told["code"]), **_facts(told["facts"])) if "code" in told else _document(told)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise RejectedError("rejected.reader_failed", detail=type(error).__name__) from error
    if isinstance(found, RejectedError):
        raise found
    return found


def _told(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "lines": [[line.text, line.level, line.page, line.mark] for line in document.lines],
        "pictures": {name: _text(content) for name, content in document.pictures.items()},
        "given": dict(document.given),
        "embargo": document.embargo and document.embargo.isoformat(),
        "modified": document.modified and document.modified.isoformat(),
        "remarks": [[remark.code, dict(remark.facts)] for remark in document.remarks],
    }


def _document(told: dict[str, Any]) -> Document:
    return Document(
        name=str(told["name"]),
        lines=tuple(_line(*line) for line in told["lines"]),
        pictures={str(name): _bytes(content) for name, content in told["pictures"].items()},
        given={str(key): str(value) for key, value in told["given"].items()},
        embargo=_time(told["embargo"]),
        modified=_time(told["modified"]),
        remarks=tuple(Remark(str(code), _facts(facts)) for code, facts in told["remarks"]),
    )


def _line(text: object, level: object, page: object, mark: object) -> Line:
    if not isinstance(level, int) or not isinstance(page, int | None) or mark not in {None, "begin", "end"}:
        raise TypeError
    return Line(str(text), level, page, mark)


def _facts(facts: dict[str, Any]) -> dict[str, str | int]:
    return {str(name): _fact(fact) for name, fact in facts.items()}


def _fact(fact: object) -> str | int:
    return fact if isinstance(fact, int) else str(fact)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
