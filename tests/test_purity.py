"""Stages take values and give values: they open no file, no socket and no process, whatever their imports say."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from digest import analysis, desk, feeds, mail, reading, receipts, revising, search, site, templating
from digest.analysis.lexicon import Lexicon, shipped
from digest.messages import Messages
from digest.model import ArticleLine, FeedName, IssueMonth, PageLine, Source, Withdrawal
from digest.parsing import parse, record
from digest.settings import Analysis, Feeds, Publication
from tests.builders import ISSUE, LINES, PAPER
from tests.works import FIRST, SECOND

EFFECTS = ("open", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "sqlite3.", "glob.")

watching = False
seen: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if watching and event.startswith(EFFECTS):
        seen.append(f"{event} {arguments[:1]}")


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect what the block does to the world."""
    global watching  # noqa: PLW0603 -- an audit hook cannot be taken away again
    seen.clear()
    watching = True
    try:
        yield seen
    finally:
        watching = False


def run(text: str, lexicon: Lexicon, templates: templating.Templates) -> None:
    """Send an issue through every stage."""
    say = Messages("zh")
    issue = analysis.annotate(parse(reading.read(Source("a.md", text.encode()))), lexicon, Analysis())
    record.record("a.md", issue, say)
    receipts.described(issue, say)
    known = [revising.Known(place, article) for place, article in enumerate(issue.articles, 1)]
    revising.match([replace(article, kicker="又") for article in issue.articles], known)
    stored = replace(ISSUE, masthead=issue.masthead)
    site.render_issue(PAPER, stored, templates, say)
    site.render_lists(PAPER, stored, LINES, templates, say)
    gone = replace(ISSUE.articles[0], withdrawn=Withdrawal(ISSUE.updated, "又"))
    site.render_tombstones(PAPER, replace(ISSUE, withdrawn=(gone,)), templates, say)
    site.render_papers([PAPER], templates, say)
    hits = search.Found([search.Hit("yunting", "zh-Hans", one) for one in ISSUE.articles], 6)
    site.render_search([PAPER], search.Form("湖 -渡口 自:2026"), hits, templates, say, home=PAPER)
    search.of(ISSUE.articles[0].article)
    feeds.render(feeds.build(feeds.Frame(PAPER, say), "tag:x,2026-01-01:x", [stored], Feeds()))
    by_issue = FeedName("issues", "feeds/issues/")
    feeds.render(feeds.build_issues(feeds.Frame(PAPER, say), "tag:x,2026-01-01:x", by_issue, [stored]))
    site.render_subscribe(PAPER, [FeedName("paper"), by_issue], templates, say)
    month = IssueMonth(LINES[0].day.replace(day=1), 1, ISSUE.updated)
    site.render_archive(PAPER, [month], LINES[:1], templates, say)
    site.render_year(PAPER, 2026, LINES[:1], templates, say, months=[month], lists=[month.month])
    line = ArticleLine("2026/11/20/1/", "湖", ISSUE.published)
    section = FeedName("section", "feeds/section/a/", "a")
    site.render_topic(PAPER, site.leaves(1)[0], [line], templates, say, name=section, last=0, has_feed=True)
    site.render_sitemap(PAPER, month.month, [PageLine(ISSUE.path, ISSUE.updated)])
    site.render_sitemaps(PAPER, [month], [line])
    feeds.opml(PAPER.title, [(PAPER, [by_issue])])
    mail.render(mail.compose(PAPER, [stored]), templates, say, "")
    desk.annotated(reading.read(Source("a.md", text.encode())), issue)
    desk.by_week([(LINES[0].day, 3)], LINES[0].day, 4)
    office = desk.Office((PAPER.title,), PAPER.url, PAPER.zone)
    desk.render(templates, say, office, desk.Place("login/", "../", ""), "login", target="", fault=None)


def test_the_hook_sees_effects() -> None:
    with watched() as effects:
        Path(__file__).read_bytes()
    assert effects


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "data" / "formats").iterdir()), ids=lambda path: path.name
)
def test_readers_touch_nothing(path: Path) -> None:
    source = Source(path.name, path.read_bytes())
    reading.read(source)  # what is imported late is imported now
    with watched() as effects:
        reading.read(source)
    assert effects == []


def test_stages_touch_nothing() -> None:
    lexicon, templates = Lexicon.build(shipped()), templating.load()
    Publication().zone.utcoffset(None)
    run(FIRST, lexicon, templates)  # what is imported late is imported now
    with watched() as effects:
        run(SECOND, lexicon, templates)
    assert effects == []
