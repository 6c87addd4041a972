"""A paper may give its feeds a part of each text (feeds.md, 12): they say so, and lead to the whole."""

import pytest

from digest import feeds
from digest.messages import Messages
from digest.model import Article, Feed
from digest.settings import Feeds
from tests.builders import PAPER, issue_of
from tests.drawn import shown

ARTICLE = Article(
    headline="题",
    lede="导语。",
    paragraphs=("一" * 40, "二" * 40, "小标题", "四" * 40),
    crossheads=(2,),
    pictures=(shown("甲", mark="a"), shown("乙", mark="b")),
    summary=("摘要。",),
)
ONWARD = f'<p><a href="{PAPER.url}2026/11/20/1/">到网站阅读全文</a></p>'


def feed(share: float) -> Feed:
    frame = feeds.Frame(PAPER, Messages("zh"), share=share)
    return feeds.build(frame, "tag:paper.example,2026:yunting", [issue_of(ARTICLE)], Feeds())


@pytest.mark.parametrize(("share", "kept"), [(0.001, "一"), (0.4, "一"), (0.7, "一二"), (0.99, "一二")])
def test_whole_paragraphs_from_the_beginning(share: float, kept: str) -> None:
    (entry,) = feed(share).entries
    assert [character for character in "一二四" if character * 40 in entry.html] == list(kept)
    assert "<h3>" not in entry.html  # a crosshead with nothing behind it would promise what is not there
    assert entry.html.endswith(ONWARD)


def test_of_nothing_the_summary() -> None:
    (entry,) = feed(0).entries
    assert "<p>摘要。</p>" in entry.html
    assert not {"一", "导"} & {*entry.html}
    assert entry.html.endswith(ONWARD)


def test_only_the_first_picture_goes_along() -> None:
    (entry,) = feed(0.5).entries
    assert (len(entry.pictures), entry.html.count("<img")) == (1, 1)


def test_the_feed_says_that_it_is_a_part_and_only_then() -> None:
    assert feed(0.5).description == f"{PAPER.description} （订阅源里只有部分正文，全文请到网站阅读。）"
    assert feed(1).description == PAPER.description
    assert ONWARD not in feed(1).entries[0].html
