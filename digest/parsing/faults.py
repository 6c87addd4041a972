"""Faults: what in an issue looks wrong and should be seen by an editor."""

import re
from collections.abc import Iterator, Sequence

from digest.model import Article, Masthead, Remark
from digest.parsing import datelines
from digest.parsing.facts import contradicts

_SENTENCE = re.compile("[^。！？!?]+[。！？!?]?")
_QUOTATIONS = ((re.compile("[“”]"), "“", "”"), (re.compile("[「」]"), "「", "」"))
_SHORTEST_REPEAT = 12
_EXCERPT = 16


def remarks(head: Masthead, articles: Sequence[Article]) -> tuple[Remark, ...]:
    """Return what an editor should look at: doubtful dates, texts printed twice, broken quotations, no articles."""
    return (*_of_date(head), *(remark for article in articles for remark in _of_text(article)), *_of_issue(articles))


def _of_date(head: Masthead) -> Iterator[Remark]:
    if head.date is None:
        yield Remark("remark.no_date")
    elif head.date_origin in {"text", "mtime"}:
        yield Remark(f"remark.date_{head.date_origin}", {"date": head.date.isoformat()})
    if head.date and head.weekday and contradicts(head.weekday, head.date):
        yield Remark("remark.weekday", {"weekday": head.weekday, "date": head.date.isoformat()})


def _of_issue(articles: Sequence[Article]) -> Iterator[Remark]:
    if not articles:
        yield Remark("remark.no_articles")
    if headless := sum(a.headline is None and a.kind not in {"photo", "brief", "letter"} for a in articles):
        yield Remark("remark.no_headline", {"n": headless})


def _of_text(article: Article) -> Iterator[Remark]:
    seen: set[str] = set()
    for paragraph in article.paragraphs:
        opening = datelines.opening(paragraph)
        for sentence in map(str.strip, _SENTENCE.findall(paragraph, opening.end if opening else 0)):
            if len(sentence) >= _SHORTEST_REPEAT and sentence in seen:
                yield Remark("remark.twice", {"title": article.title, "text": _excerpt(sentence)})
            seen.add(sentence)
        if broken := _broken_quotation(paragraph):
            yield Remark("remark.quotation", {"title": article.title, "text": _excerpt(broken)})


def _broken_quotation(paragraph: str) -> str | None:
    """Return the words round a quotation mark that closes what nothing has opened."""
    for marks, opening, closing in _QUOTATIONS:
        depth = 0
        for mark in marks.finditer(paragraph) if closing in paragraph else ():
            depth += 1 if mark[0] == opening else -1
            if depth < 0:
                return paragraph[max(0, mark.end() - _EXCERPT) : mark.end()]
    return None


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
