"""Which articles stand in the feed of a keyword."""

import pytest

from digest.feeds import is_about
from digest.model import Article, Keyword


@pytest.mark.parametrize(
    "article",
    [
        Article(headline="镇图书馆新添三千册书"),
        Article(kicker="图书馆里的一天"),
        Article(headline="老渡口", subheadline="旁边是图书馆"),
        Article(keywords=(Keyword("镇图书馆", 1.0),)),
        Article(paragraphs=("图书馆周末开放。",)),
    ],
)
def test_one_that_names_it_in_its_headings_or_keywords(article: Article) -> None:
    assert is_about(article, "图书馆")
    assert not is_about(article, "菜场")


def test_what_stands_in_the_text_alone_is_no_subject() -> None:
    assert not is_about(Article(headline="老渡口", paragraphs=("旁边是图书馆。",)), "图书馆")


@pytest.mark.parametrize(
    ("headline", "found"),
    [("AI in schools", True), ("ＡＩ进课堂", True), ("用ai写稿", True), ("He said so", False), ("AIR quality", False)],
)
def test_a_word_of_letters_is_a_whole_word_in_any_case_and_width(headline: str, found: bool) -> None:
    assert is_about(Article(headline=headline), "AI") is found


def test_signs_are_no_pattern() -> None:
    assert is_about(Article(headline="Learning C++ (fast)"), "C++")
    assert not is_about(Article(headline="abc"), "a.c")
