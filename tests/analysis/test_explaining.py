"""What is explained is what is done: the same choice, and factors that a person can multiply."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from digest.analysis import annotate
from digest.analysis.explaining import explain
from digest.analysis.lexicon import Learned, Lexicon, shipped
from digest.model import Article, Issue, Masthead
from digest.settings import Analysis
from digest.wordfiles import OwnWord, OwnWords
from tests.builders import ARTICLES

DEFAULTS = Analysis()


@pytest.mark.parametrize("article", ARTICLES)
def test_the_explained_choice_is_the_one_that_is_made(lexicon: Lexicon, article: Article) -> None:
    made = annotate(Issue(Masthead(), (article,)), lexicon, DEFAULTS).articles[0]
    found = explain(article, lexicon, DEFAULTS)
    assert tuple(one.text for one in found.sentences if one.fate == "chosen") == made.summary
    assert [one.written for one in found.keywords] == [keyword.term for keyword in made.keywords]
    assert [round(one.score, 4) for one in found.keywords] == [keyword.score for keyword in made.keywords]


@hypothesis(max_examples=60)
@given(budget=st.integers(20, 300), article=st.sampled_from(ARTICLES))
def test_every_sentence_has_a_fate_and_every_chosen_one_its_turn(
    lexicon: Lexicon, budget: int, article: Article
) -> None:
    found = explain(article, lexicon, replace(DEFAULTS, summary_chars=budget)).sentences
    turns = sorted(one.place for one in found if one.place)
    assert turns == list(range(1, len(turns) + 1))
    assert [one.sentence.index for one in found] == list(range(len(found)))
    assert all((one.fate == "chosen") is (one.place is not None) for one in found)
    assert all(0 <= one.score <= 100.001 for one in found)


def test_the_score_is_the_words_times_the_factors_against_the_length(lexicon: Lexicon) -> None:
    article = Article(
        paragraphs=("停航五年的柳岸老渡口在这个冬天里重新开航。", "会议通过了渡口条例，投入渡口修复资金1.2亿元。")
    )
    first, second = explain(article, lexicon, DEFAULTS).sentences

    def worth(words: tuple[tuple[str, float], ...], factors: tuple[tuple[str, float], ...], text: str) -> float:
        return sum(weight for _, weight in words) * math.prod(value for _, value in factors) / math.pow(len(text), 0.6)

    ratio = worth(second.words, second.factors, second.text) / worth(first.words, first.factors, first.text)
    assert second.score / first.score == pytest.approx(ratio)
    assert [name for name, _ in first.factors] == ["opening", "paragraph"]
    assert [name for name, _ in second.factors] == ["late", "paragraph", "act", "figure"]


def test_why_a_sentence_was_left_out(lexicon: Lexicon) -> None:
    article = Article(paragraphs=("渡口今天开航。渡口今天开航。是的。" + "步道全长十八里沿途保留七处埠头" * 9 + "。",))
    fates = [one.fate for one in explain(article, lexicon, DEFAULTS).sentences]
    assert fates == ["chosen", "told", "empty", "room"]


def test_where_a_keyword_comes_from() -> None:
    own = Lexicon.build(shipped(), OwnWords({"江未晞": OwnWord(3.0, "names.txt", "江未晞")}))
    lexicon = replace(own, learned=Learned(1, 40, {"渡口": 7}))
    article = Article(headline="渡口开航", paragraphs=("江未晞来到渡口。", "会上发布《柳岸规划》。"))
    found = {one.written: one for one in explain(article, lexicon, DEFAULTS).keywords}
    assert found["渡口"].found.headline
    assert found["渡口"].found.count == 2
    assert found["渡口"].archive == (7,)
    assert found["江未晞"].own == (OwnWord(3.0, "names.txt", "江未晞"),)
    assert found["柳岸规划"].found.marked


def test_an_editors_lede_is_told(lexicon: Lexicon) -> None:
    assert explain(Article(lede="渡口开航。", paragraphs=("渡口开航。",)), lexicon, DEFAULTS).lede == "渡口开航。"


def test_an_article_without_text_explains_nothing(lexicon: Lexicon) -> None:
    found = explain(Article(headline="渡口"), lexicon, DEFAULTS)
    assert found.sentences == ()
