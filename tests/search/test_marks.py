"""What was found is marked, and told with the clauses around it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article
from digest.search import Piece, marked, parse, snippet

LONG = "渡口的老柳树还在，船已经换了三代。" * 12 + "第一班不收钱，谁来都行。" + "河水慢慢地流，谁也不着急。" * 12


def shown(pieces: Sequence[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("老渡口恢复摆渡", "渡口", "老[渡口]恢复摆渡"),
        ("老渡口恢复摆渡", "渡口 口恢", "老[渡口恢]复摆渡"),
        ("渡口、渡口", "渡口", "[渡口]、[渡口]"),
        ("ＡＩ与 said Ai", "ai", "[ＡＩ]与 said [Ai]"),
        ("不收钱，他说", "收钱他", "不[收钱，他]说"),
        ("<b>渡口</b>", "渡口", "<b>[渡口]</b>"),
        ("老渡口", "火星", "老渡口"),
        ("老渡口", "-渡口", "老渡口"),
    ],
)
def test_hits_are_marked(text: str, typed: str, expected: str) -> None:
    assert shown(marked(text, parse(typed).words)) == expected


def test_a_snippet_is_whole_clauses_around_the_first_hit() -> None:
    found = shown(snippet(Article(paragraphs=("不相干。", LONG)), parse("不收钱").words))
    assert found.startswith("…")
    assert found.endswith("…")
    assert "船已经换了三代。第一班[不收钱]，谁来都行。河水慢慢地流，" in found
    assert found.strip("…")[0] in "渡船"
    assert found.strip("…")[-1] in "，。"
    assert len(found) <= 102


def test_a_short_text_stands_whole() -> None:
    article = Article(paragraphs=("第一班不收钱，谁来都行。",), summary=("摘要。",))
    assert shown(snippet(article, parse("谁").words)) == "第一班不收钱，[谁]来都行。"
    assert shown(snippet(article, parse("火星").words)) == "摘要。"
    assert snippet(Article(headline="只有标题"), parse("标题").words) == ()


def test_a_clause_too_long_is_cut_around_the_hit() -> None:
    found = shown(snippet(Article(paragraphs=("长" * 300 + "渡口" + "长" * 300,)), parse("渡口").words))
    assert "[渡口]" in found
    assert found[0] == found[-1] == "…"
    assert len(found) <= 102


@given(st.text(), st.text())
def test_marking_changes_nothing_but_adds_marks(text: str, typed: str) -> None:
    assert "".join(piece.text for piece in marked(text, parse(typed).words)) == text


@given(st.text(st.sampled_from("渡口，。、 aB1."), max_size=400), st.text(st.sampled_from("渡口a "), max_size=6))
def test_a_snippet_is_a_stretch_of_the_text(text: str, typed: str) -> None:
    found = "".join(piece.text for piece in snippet(Article(paragraphs=(text,)), parse(typed).words))
    assert found.strip("…").strip() in " ".join(text.split())
