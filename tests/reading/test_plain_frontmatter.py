"""What an editor states at the top of a plain text file is no text of the issue."""

from datetime import date

import pytest

from digest.errors import RejectedError
from digest.model import Remark, Source
from digest.parsing import parse
from digest.reading import read

TEXT = """---
title: 栖川时报
date: 2026-11-20
number: 3186
embargo: 2026-11-20 08:00
---

渡口开航

本报讯 11月18日，停航五年的老渡口恢复摆渡，首日运送行人三百二十人次。

（记者 林晓棠）
"""


def test_front_matter_of_a_text_file_is_read() -> None:
    issue = parse(read(Source("a.txt", TEXT.encode())))
    assert (issue.masthead.title, issue.masthead.date, issue.masthead.number) == ("栖川时报", date(2026, 11, 20), 3186)
    assert issue.embargo is not None
    assert [article.headline for article in issue.articles] == ["渡口开航"]
    assert issue.left_over == ()


def test_a_line_of_dashes_is_no_front_matter() -> None:
    document = read(Source("a.txt", "---\n渡口开航\n---\n本报讯 渡口开航。\n".encode()))
    assert document.given == {}
    assert [line.text for line in document.lines][:2] == ["---", "渡口开航"]


def test_an_entry_that_nobody_knows_is_remarked_on() -> None:
    (remark,) = read(Source("a.txt", TEXT.replace("number", "numbr").encode())).remarks
    assert (remark.code, remark.facts["key"]) == ("remark.unknown_key", "numbr")


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("number: none", "remark.not_a_number"),
        ("page_count: 八", "remark.not_a_number"),
        ("date: soon", "remark.not_a_date"),
    ],
)
def test_a_value_that_is_of_no_use_is_remarked_on(stated: str, code: str) -> None:
    (remark,) = read(Source("a.txt", f"---\n{stated}\n---\n正文".encode())).remarks
    key, value = stated.split(": ")
    assert remark == Remark(code, {"key": key, "value": value})


@pytest.mark.parametrize(
    ("sidecar", "code"),
    [
        (b"date: 2026-13-45", "rejected.given_date"),
        (b"date: !!timestamp soon", "rejected.given_date"),
        (b"a: [", "rejected.beside"),
        ("标题：甲".encode("gb18030"), "rejected.beside"),
        (b"embargo: soon", "rejected.embargo"),
    ],
)
def test_what_is_wrong_beside_a_file_is_told_as_such(sidecar: bytes, code: str) -> None:
    with pytest.raises(RejectedError) as refusal:
        read(Source("a.txt", TEXT.encode(), sidecar=sidecar))
    assert refusal.value.code == code


def test_what_lies_beside_a_file_overrules_its_front_matter() -> None:
    document = read(Source("a.txt", TEXT.encode(), sidecar=b"number: 7\n"))
    assert parse(document).masthead.number == 7
