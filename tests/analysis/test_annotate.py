import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.analysis import annotate
from digest.analysis.lexicon import Learned, Lexicon, shipped
from digest.model import Article, Issue
from digest.settings import Analysis
from digest.text import joined, one_line
from digest.wordfiles import OwnWord, OwnWords
from tests.builders import ARTICLES, MASTHEAD

DEFAULTS = Analysis()
BARE = tuple(replace(article, keywords=(), summary=(), rank=None) for article in ARTICLES)
ISSUE = Issue(MASTHEAD, BARE)

SENTENCES = st.lists(
    st.sampled_from(
        [
            "11月20日，渡口修复工程全面完工。",
            "会议审议通过了《渡口保护条例》，决定投入1.2亿元！",
            "“谁来都行。”陶师傅说。",
            "要提高政治站位，压实责任；要持续努力，久久为功。",
            "林晓棠、沈归舟、江未晞、顾一苇、钱大成、何春生、白露、叶知秋、闻溪、陶望山参加会议。",
            "这是真的吗？",
            "The ferry runs again. ",
            "步道全长18里，沿途保留七处埠头，一百三十多棵老柳树，两座石桥，三间茶亭，四处渡船修理场，月底起全线开放，不设围栏",
            "……",
        ]
    ),
    min_size=1,
    max_size=12,
).map("".join)
PARAGRAPHS = st.lists(st.one_of(SENTENCES, st.text(max_size=80)), min_size=1, max_size=5).map(tuple)
BUDGETS = st.integers(min_value=8, max_value=300)
quick = settings(max_examples=150)


def annotated(lexicon: Lexicon, article: Article, budget: int = 120) -> Article:
    return annotate(Issue(MASTHEAD, (article,)), lexicon, replace(DEFAULTS, summary_chars=budget)).articles[0]


def test_every_article_gets_keywords_a_summary_and_a_rank(lexicon: Lexicon) -> None:
    issue = annotate(ISSUE, lexicon, DEFAULTS)
    assert sorted(article.rank or 0 for article in issue.articles) == [1, 2, 3, 4, 5, 6]
    assert issue.articles[0].rank == 1
    assert all(article.keywords and article.summary for article in issue.articles)


def test_nothing_else_changes(lexicon: Lexicon) -> None:
    issue = annotate(ISSUE, lexicon, DEFAULTS)
    stripped = tuple(replace(article, keywords=(), summary=(), rank=None) for article in issue.articles)
    assert replace(issue, articles=stripped) == ISSUE


def test_as_many_keywords_as_the_settings_say(lexicon: Lexicon) -> None:
    found = annotate(ISSUE, lexicon, replace(DEFAULTS, keywords=3)).articles[0].keywords
    assert len(found) == 3


def test_the_editors_lede_is_the_summary_as_it_stands(lexicon: Lexicon) -> None:
    lede = "编辑写下的摘要，长短由他。" * 20
    assert annotated(lexicon, replace(BARE[0], lede=lede)).summary == (lede,)


def test_an_issue_may_hold_articles_of_several_languages(lexicon: Lexicon) -> None:
    english = Article(
        headline="Ferry runs again", paragraphs=("The old ferry runs again. The ferry is free on Sunday.",)
    )
    issue = annotate(Issue(MASTHEAD, (BARE[0], english)), lexicon, DEFAULTS)
    assert any("ferry" in keyword.term.casefold() for keyword in issue.articles[1].keywords)
    assert joined(issue.articles[1].summary).startswith("The old ferry runs again.")


def test_traditional_chinese_has_keywords_and_a_summary_too(lexicon: Lexicon) -> None:
    article = Article(headline="渡口重新開航", paragraphs=("十一月二十日，渡口重新開航。會議決定投入一億元修復渡口。",))
    found = annotated(lexicon, article)
    assert any("渡口" in keyword.term for keyword in found.keywords)
    assert found.summary


@quick
@given(paragraphs=PARAGRAPHS, budget=BUDGETS)
def test_summary_sentences_are_verbatim_in_order_and_within_the_budget(
    lexicon: Lexicon, paragraphs: tuple[str, ...], budget: int
) -> None:
    found = annotated(lexicon, Article(paragraphs=paragraphs), budget).summary
    assert len(joined(found)) <= budget
    text, at = "\n".join(map(one_line, paragraphs)), 0
    for sentence in found:
        at = text.index(sentence, at) + len(sentence)


@quick
@given(paragraphs=PARAGRAPHS, budget=BUDGETS)
def test_an_article_with_text_has_a_summary(lexicon: Lexicon, paragraphs: tuple[str, ...], budget: int) -> None:
    if any(char.isalnum() for char in "".join(paragraphs)):
        found = annotated(lexicon, Article(paragraphs=paragraphs), budget).summary
        assert found
        assert all(sentence.strip() for sentence in found)


@quick
@given(paragraphs=PARAGRAPHS, space=st.sampled_from([" ", "  ", "\n", "\t \n", "\u3000"]))
def test_added_white_space_changes_nothing(lexicon: Lexicon, paragraphs: tuple[str, ...], space: str) -> None:
    spaced = tuple(space + paragraph.replace(" ", " " + space) + space for paragraph in paragraphs)
    plain, other = (annotated(lexicon, Article(paragraphs=p)) for p in (paragraphs, spaced))
    assert (plain.summary, plain.keywords) == (other.summary, other.keywords)


@pytest.mark.parametrize(
    "article", [Article(), Article(headline="只有标题"), Article(paragraphs=("", " ")), Article(paragraphs=("……",))]
)
def test_an_article_without_words_does_no_harm(lexicon: Lexicon, article: Article) -> None:
    assert annotated(lexicon, article).rank == 1


def test_an_empty_issue_stays_empty(lexicon: Lexicon) -> None:
    assert annotate(Issue(MASTHEAD, ()), lexicon, DEFAULTS).articles == ()


def test_the_same_words_and_version_give_the_same_answer_and_others_may_not(lexicon: Lexicon) -> None:
    own = OwnWords({"老渡口": OwnWord(9.0, "words.txt", "老渡口")})
    learned = Learned(3, 5000, {"白鹭湖": 4000, "水质": 4000})
    one, same = (replace(Lexicon.build(shipped(), own), learned=learned) for _ in range(2))
    assert annotate(ISSUE, one, DEFAULTS) == annotate(ISSUE, same, DEFAULTS)
    assert annotate(ISSUE, one, DEFAULTS) != annotate(ISSUE, lexicon, DEFAULTS)
    assert "老渡口" in {keyword.term for keyword in annotate(ISSUE, one, DEFAULTS).articles[0].keywords}


def test_processes_with_different_hash_seeds_agree() -> None:
    program = (
        "from tests.builders import ARTICLES, MASTHEAD; from digest.analysis import annotate;"
        "from digest.analysis.lexicon import Lexicon, shipped; from digest.model import Issue; from digest.settings import Analysis;"
        "print(ascii(annotate(Issue(MASTHEAD, ARTICLES), Lexicon.build(shipped()), Analysis())))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=environment | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
