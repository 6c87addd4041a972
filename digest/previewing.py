"""What an issue would become: record, pages, feeds and letter as files, without a database and without changing one."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from digest import feeds, mail, output, papers, revising, site, timing, urls
from digest.analysis.lexicon import Lexicon
from digest.illustrating import Illustrated
from digest.messages import Messages, language_of
from digest.model import ArticleLine, FeedName, Issue, IssueLine, Paper, Source, StoredArticle, StoredIssue
from digest.parsing import record
from digest.settings import Publication, Settings
from digest.templating import Templates
from digest.understanding import understand_whole


def write(
    source: Source,
    publication: Publication,
    folder: Path,
    *,
    settings: Settings,
    lexicon: Lexicon,
    templates: Templates,
    now: datetime,
    letter_only: bool = False,
) -> list[str]:
    """Write what `source` would become into `folder`, as an issue of `publication`; return the files' names.

    Of the letter it is what all subscribers share: their own links are marks.
    """
    found = understand_whole(source.at(publication.zone), lexicon, settings.analysis)
    issue = found.issue
    paper = papers.paper(settings, publication, issue.masthead.title)
    say = Messages(language_of(paper.language))
    published = timing.publication_time(publication, issue.masthead, now, issue.embargo)
    day = issue.masthead.date or published.astimezone(publication.zone).date()
    tag = urls.tag(settings.authority, now.date(), paper.slug, revising.key(issue, source.sha256))
    stored = as_if_stored(issue, tag, day, published)
    letter = mail.render(mail.compose(paper, [stored]), templates, say, settings.mail.postal_identity)
    files = {"letter.html": letter.html.encode(), "letter.txt": letter.text.encode()}
    if not letter_only:
        told = json.dumps(record.record(source.name, issue, say), ensure_ascii=False, indent=1)
        files |= {"record.json": told.encode(), **_pictures(found)}
        files |= _pages(paper, stored, day, templates, say)
        frame = feeds.Frame(paper, say, share=settings.feeds.share)
        files |= feeds.render(feeds.build(frame, f"{tag}/feed", [stored], settings.feeds))
    output.write(folder, files)
    return list(files)


def _pages(paper: Paper, stored: StoredIssue, day: date, templates: Templates, say: Messages) -> dict[str, bytes]:
    """Return the site, were this issue its only one."""
    sections = _sections(stored)
    line = IssueLine(stored.path, day, stored.masthead, stored.articles[0].article.title, len(stored.articles))
    return {
        **site.render_issue(paper, stored, templates, say),
        **site.render_lists(paper, stored, [line], templates, say, sections=list(sections)),
        **_section_pages(paper, sections, templates, say),
    }


def _pictures(found: Illustrated) -> dict[str, bytes]:
    shown = (picture for article in found.issue.articles for picture in article.shown)
    return {size.path: found.blobs[size.sha256] for picture in shown for size in picture.sizes}


def _sections(issue: StoredIssue) -> dict[FeedName, list[ArticleLine]]:
    """Return what stands in each section of an issue, in print order."""
    names: dict[str, FeedName] = {}
    found: dict[FeedName, list[ArticleLine]] = {}
    for stored in issue.articles:
        if name := urls.topic("section", stored.article.section or ""):
            line = ArticleLine(stored.path, stored.article.title, stored.published, "".join(stored.article.summary[:1]))
            found.setdefault(names.setdefault(name.path, name), []).append(line)
    return found


def _section_pages(
    paper: Paper, sections: Mapping[FeedName, Sequence[ArticleLine]], templates: Templates, say: Messages
) -> dict[str, bytes]:
    pages: dict[str, bytes] = {}
    for name, lines in sections.items():
        leaf = site.Leaf(None, range(len(lines)))
        pages |= site.render_topic(paper, leaf, lines, templates, say, name=name, last=0, has_feed=False)
    return pages


def as_if_stored(issue: Issue, tag: str, day: date, published: datetime) -> StoredIssue:
    """Return an issue as it would be stored, were it the first of its day."""
    count = len(issue.articles)
    articles = (
        StoredArticle(
            id=f"{tag}/{n}",
            path=urls.article_path(day, n),
            article=article,
            published=(at := published + timedelta(seconds=count - n)),
            updated=at,
            sequence=n,
        )
        for n, article in enumerate(issue.articles, start=1)
    )
    return StoredIssue(
        id=tag,
        key=tag.rpartition("/")[2],
        path=urls.issue_path(day, 1),
        masthead=issue.masthead,
        language=issue.language,
        articles=tuple(articles),
        published=published,
        updated=published,
    )
