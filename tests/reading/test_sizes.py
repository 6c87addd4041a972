"""What cannot be one issue is refused before it keeps everything waiting."""

import pytest

from digest.errors import RejectedError
from digest.model import Source
from digest.reading import read
from digest.reading.sizes import MOST_CHARACTERS, MOST_LINES


@pytest.mark.parametrize("text", ["字" * (MOST_CHARACTERS + 1), "字\n" * (MOST_LINES + 1)], ids=["long", "many lines"])
@pytest.mark.parametrize("name", ["issue.txt", "issue.md"])
def test_more_text_than_an_issue_can_hold_is_refused(name: str, text: str) -> None:
    with pytest.raises(RejectedError) as refused:
        read(Source(name, text.encode()))
    assert refused.value.code == "rejected.too_long"
    assert refused.value.facts["characters"] == len(text)


def test_a_thick_paper_is_read() -> None:
    assert len(read(Source("issue.txt", ("字" * 24 + "\n").encode() * (MOST_LINES - 1))).lines) == MOST_LINES
