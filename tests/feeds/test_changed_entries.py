"""What feeds say of an article that was corrected or withdrawn, under the id that it has."""

import json
from dataclasses import replace
from datetime import timedelta

import feedparser

from digest import feeds
from digest.messages import Messages
from digest.model import FeedEntry, Withdrawal
from digest.settings import Feeds
from tests.builders import ISSUE, PAPER

FEED_ID = "tag:paper.example,2026:yunting"
WINDOW = Feeds()
FRAME = feeds.Frame(PAPER, Messages("zh"))


class TestCorrected:
    corrected = replace(ISSUE.articles[1], updated=ISSUE.published + timedelta(hours=20))
    issue = replace(ISSUE, articles=(ISSUE.articles[0], corrected, *ISSUE.articles[2:]))

    def test_the_text_says_so_and_on_which_day_in_the_papers_zone(self) -> None:
        plain, after = (feeds.build(FRAME, FEED_ID, [one], WINDOW).entries for one in (ISSUE, self.issue))
        changed = [entry for entry, before in zip(after, plain, strict=True) if entry != before]
        assert [entry.id for entry in changed] == [self.corrected.id]
        assert changed[0].html.startswith("<p><small>更正于 2026年11月21日</small></p>\n<p>本报石桥镇")
        english = feeds.build(feeds.Frame(PAPER, Messages("en")), FEED_ID, [self.issue], WINDOW)
        assert sum("Corrected on 20 November 2026" in entry.html for entry in english.entries) == 0
        assert sum("Corrected on 21 November 2026" in entry.html for entry in english.entries) == 1

    def test_it_keeps_id_place_and_date_of_publication(self) -> None:
        feed = feeds.build(FRAME, FEED_ID, [self.issue], WINDOW)
        assert [entry.id for entry in feed.entries] == [stored.id for stored in ISSUE.ranked]
        assert {entry.published for entry in feed.entries} == {ISSUE.published}


class TestWithdrawn:
    at = ISSUE.published + timedelta(days=2)
    gone = replace(ISSUE.articles[0], withdrawn=Withdrawal(at, "记者林晓棠的图片失实"))
    issue = replace(ISSUE, articles=ISSUE.articles[1:], withdrawn=(gone,))
    feed = feeds.build(FRAME, FEED_ID, [issue], WINDOW)

    def test_a_notice_stands_under_the_articles_id_and_address(self) -> None:
        assert {entry.id for entry in self.feed.entries} == {stored.id for stored in ISSUE.articles}
        notice = next(entry for entry in self.feed.entries if entry.id == self.gone.id)
        assert notice == FeedEntry(
            id=self.gone.id,
            url=PAPER.url + self.gone.path,
            title="（已撤回）",
            summary="",
            html="<p><small>这篇文章已撤回</small></p>",
            published=ISSUE.published,
            updated=self.at,
        )
        assert self.feed.updated == self.at
        assert (
            feeds.build(feeds.Frame(PAPER, Messages("en")), FEED_ID, [self.issue], WINDOW).entries[-1].title
            == "[Withdrawn]"
        )

    def test_nothing_of_the_article_is_left_in_any_format(self) -> None:
        rendered = feeds.render(self.feed)
        feeds.verify(rendered, self.feed)
        article = self.gone.article
        for said in (article.headline, "记者林晓棠", "白鹭湖", "要先让它喘过气来", "清淤"):
            assert said
            for content in rendered.values():
                assert said not in content.decode()

    def test_every_reader_finds_it_changed_and_published_when_it_was(self) -> None:
        rendered = feeds.render(self.feed)
        entry = next(e for e in feedparser.parse(rendered["atom.xml"]).entries if e.id == self.gone.id)
        assert (entry.title, entry.updated) == ("（已撤回）", "2026-11-21T22:00:00Z")
        item = next(e for e in json.loads(rendered["feed.json"])["items"] if e["id"] == self.gone.id)
        assert (item["date_published"], item["date_modified"]) == ("2026-11-19T22:00:00Z", "2026-11-21T22:00:00Z")
        assert not {"authors", "author", "tags"} & item.keys()
        assert item["summary"] == "（已撤回）"

    def test_it_keeps_its_place_by_date(self) -> None:
        spread = tuple(
            replace(stored, published=stored.published - timedelta(seconds=place))
            for place, stored in enumerate(ISSUE.articles)
        )
        gone = replace(spread[2], withdrawn=Withdrawal(self.at))
        issue = replace(ISSUE, articles=(*spread[:2], *spread[3:]), withdrawn=(gone,))
        feed = feeds.build(FRAME, FEED_ID, [issue], WINDOW)
        assert [entry.id for entry in feed.entries] == [stored.id for stored in ISSUE.articles]

    def test_an_issue_of_which_nothing_is_left_still_tells(self) -> None:
        gone = tuple(replace(stored, withdrawn=Withdrawal(self.at)) for stored in ISSUE.articles)
        feed = feeds.build(FRAME, FEED_ID, [replace(ISSUE, articles=(), withdrawn=gone)], WINDOW)
        feeds.verify(feeds.render(feed), feed)
        assert {entry.title for entry in feed.entries} == {"（已撤回）"}
