"""What readers type, and what is understood of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.search import MOST_PARTS, Form, Query, parse

FERRY, LAKE = ("渡", "口"), ("白", "鹭", "湖")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("渡口 白鹭湖", Query(words=(FERRY, LAKE))),
        ("渡口、白鹭湖　渡口", Query(words=(FERRY, LAKE))),
        ('"old ferry"', Query(words=(("old", "ferry"),))),
        ("“渡口，白鹭湖”", Query(words=(FERRY + LAKE,))),
        ('"渡口', Query(words=(FERRY,))),
        ("渡口 -白鹭湖", Query(words=(FERRY,), unwanted=(LAKE,))),
        ("－“渡口”", Query(unwanted=(FERRY,))),
        ("COVID-19", Query(words=(("covid", "19"),))),
        ("section:要闻 版面：民生", Query(sections=("要闻", "民生"))),
        ("AUTHOR:白露 作者：“林 晓棠”", Query(authors=(("白", "露"), ("林", "晓", "棠")))),
        ("自：2026 至:2026-02", Query(since=date(2026, 1, 1), until=date(2026, 2, 28))),
        ("from:2026/1/2 to:2026年11月20日", Query(since=date(2026, 1, 2), until=date(2026, 11, 20))),
        ("from:20260102", Query(since=date(2026, 1, 2))),
        ("from:yesterday", Query(words=(("from", "yesterday"),))),
        ("to:2026-02-30", Query(words=(("to", "2026", "02", "30"),))),
        ("http://example.org", Query(words=(("http", "example", "org"),))),
        ("AND OR NOT NEAR(", Query(words=(("and",), ("or",), ("not",), ("near",)))),
        ('" - : “” *', Query()),
        ("", Query()),
    ],
)
def test_what_is_typed_is_understood(typed: str, query: Query) -> None:
    assert parse(typed) == query


def test_the_fields_beside_the_query_say_the_same() -> None:
    typed = parse("渡口 section:要闻 author:白露 from:2026-01 to:2026-02")
    assert parse("渡口", section="要闻", author="白露", since="2026-01-01", until="2026-02-28") == typed
    assert parse("渡口", since="?", until="2026-99-99") == parse("渡口")
    assert parse("from:2026-05", since="2026-03-01").since == date(2026, 5, 1)


def test_only_so_much_is_heeded() -> None:
    query = parse(" ".join(map(str, range(MOST_PARTS + 1))))
    assert (len(query.words), query.is_cut) == (MOST_PARTS, True)
    assert parse("长" * 201).is_cut
    assert not parse("长" * 200).is_cut


@given(st.text())
def test_no_text_is_an_error(typed: str) -> None:
    query = parse(typed, section=typed, author=typed, since=typed, until=typed)
    assert len(query.words) + len(query.unwanted) <= MOST_PARTS
    for phrase in (*query.words, *query.unwanted, *query.authors):
        assert phrase
        assert all(term and '"' not in term for term in phrase)


@given(st.dictionaries(st.sampled_from(["q", "section", "author", "from", "to", "sort", "page"]), st.text()))
def test_a_form_s_address_asks_for_the_same_again(given: dict[str, str]) -> None:
    from urllib.parse import parse_qsl

    form = Form.of(given)
    assert Form.of(dict(parse_qsl(form.address))) == form
    assert 1 <= form.page <= 100
