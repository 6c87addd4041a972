"""Bytes → text: the one place that decides how a file's bytes are to be read."""

from digest.errors import RejectedError
from digest.model import Remark, Source
from digest.text import clean

_BINARY_SHARE = 0.005
"""A text with a larger share of control characters than this is no text."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decoded(source: Source) -> tuple[str, tuple[Remark, ...]]:
    """Return the text of `source`, cleaned, and what an editor should know about it.

    The text is UTF-8, with or without a byte order mark.

    Raises:
        RejectedError: `rejected.empty`, `rejected.binary`, or `rejected.encoding` with the line (from 1) and the byte
            (from 0) at which the text stops being UTF-8.
    """
    content = source.content
    if not content.strip():
        raise RejectedError("rejected.empty")
    if b"\0" in content and not content.startswith(_WIDE_MARKS):
        raise RejectedError("rejected.binary")
    try:
        raw = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RejectedError("rejected.encoding", line=line, byte=error.start) from error
    text, removed = clean(raw)
    if removed > _BINARY_SHARE * len(raw) and removed > 1:
        raise RejectedError("rejected.binary")
    if not text.strip():
        raise RejectedError("rejected.empty")
    return text, (Remark("remark.removed", {"n": removed}),) if removed else ()
