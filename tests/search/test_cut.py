"""How text is cut for search: a piece of a text is a piece of its terms, whatever its case and width."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Author, Picture
from digest.search import BREAK, cut, of
from digest.search.terms import places


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("白鹭湖水质", "白 鹭 湖 水 质"),
        ("第88期，5G手机涨1.2%", "第 88 期 5g 手 机 涨 1 2"),
        ("ＧＤＰ　ｶﾞｽ", "gdp ガ ス"),
        ("The ferry's back", "the ferry s back"),
        ("Straße", "strasse"),
        ("𠮷野家", "𠮷 野 家"),
        ("ภาษา", "ภ า ษ า"),
        ("。”——！", ""),
    ],
)
def test_text_is_cut_into_characters_and_words(text: str, terms: str) -> None:
    assert " ".join(cut(text)) == terms


def test_simplified_and_traditional_are_different() -> None:
    assert cut("湖") == cut("湖")
    assert cut("鹭") != cut("鷺")


def test_an_article_is_cut_with_all_that_a_reader_reads() -> None:
    article = Article(
        kicker="眉",
        headline="主 A",
        subheadline="副",
        lede="导",
        section="要闻",
        paragraphs=("一二。", "三"),
        pictures=(Picture("x.jpg", caption="图", credit="摄"),),
        authors=(Author("记者", "甲乙"), Author("记者", "丙")),
        summary=("一二。", "摘"),
    )
    terms = of(article)
    assert terms.title.split(f" {BREAK} ") == ["眉", "主 a", "副"]
    assert terms.text.split(f" {BREAK} ") == ["导", "一 二", "三", "图", "摄", "摘"]
    assert terms.authors == f"甲 乙 {BREAK} 丙"
    assert terms.section == "要闻"


@given(st.text())
def test_no_text_holds_what_divides_an_index(text: str) -> None:
    for term in cut(text):
        assert BREAK not in term
        assert not any(character.isascii() and not character.isalnum() for character in term)


@given(st.text(st.sampled_from("渡口ｶﾞé́A１ﬁ²ß， _\u3099\uff9e")))
def test_every_term_is_found_where_it_stands(text: str) -> None:
    for term in cut(text):
        spans = places(text, [(term,)])
        assert spans
        assert all(term in cut(text[start:end]) for start, end in spans)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


@given(st.text(st.sampled_from("渡口aB，1 _。")), st.text(st.sampled_from("渡口ab1 "), min_size=1, max_size=4))
def test_a_phrase_is_found_in_a_text_just_where_its_terms_stand_together(text: str, words: str) -> None:
    phrase, terms = cut(words), cut(text)
    if phrase:
        together = any(terms[n : n + len(phrase)] == phrase for n in range(len(terms)))
        assert bool(places(text, [phrase])) == together


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20)), st.data())
def test_a_piece_of_a_chinese_text_is_a_phrase_of_its_terms(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert " ".join(cut(text[start:end])) in " ".join(cut(text))
