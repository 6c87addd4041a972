"""Front matter: what an editor states in YAML at the top of a file."""

import pytest

from digest.errors import RejectedError
from digest.reading.frontmatter import beside, split


def test_fields_are_text_and_dates_are_iso() -> None:
    given, rest = split("---\nTitle: 江报\ndate: 2026-11-06\nnumber: 46\n---\n正文")
    assert given == {"title": "江报", "date": "2026-11-06", "number": "46"}
    assert rest == "正文"


def test_a_value_is_what_is_written() -> None:
    assert split("---\nnumber: 0046\ntitle: yes\n---\n")[0] == {"number": "0046", "title": "yes"}


def test_without_front_matter_all_is_text() -> None:
    assert split("正文\n---\n正文") == ({}, "正文\n---\n正文")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    text = "---\n正文第一行\n---\n正文"
    assert split(text) == ({}, text)


def test_what_no_masthead_has_is_left_out() -> None:
    assert split("---\ntitle: 江报\ntags: [a, b]\nempty:\n---\n")[0] == {"title": "江报"}


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(RejectedError) as caught:
        split('---\ntitle: 江报\ndate: "2026\n---\n正文')
    assert caught.value.code == "rejected.frontmatter"
    assert caught.value.facts["line"] in {3, 4}


@pytest.mark.parametrize("stated", ["title: &a 甲报\nurl: *a", "title: " + "甲" * 30_000], ids=["alias", "long"])
def test_what_could_stand_for_more_than_memory_holds_is_refused(stated: str) -> None:
    with pytest.raises(RejectedError) as refused:
        split(f"---\n{stated}\n---\n正文")
    assert refused.value.code == "rejected.frontmatter"
    with pytest.raises(RejectedError):
        beside(stated.encode())
