"""Whole small papers of many kinds: golden outlines of what each becomes, to be read by eye when they change."""

from pathlib import Path

import pytest

from digest.model import Article, Issue, Source
from digest.parsing import parse
from digest.reading import read
from tests.conftest import Golden

PAPERS = sorted((Path(__file__).parents[1] / "data" / "papers").iterdir())


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_the_outline_of_a_paper(golden: Golden, path: Path) -> None:
    issue = parse(read(Source(path.name, path.read_bytes())))
    golden(f"outline-{path.stem}.txt", outline(issue).encode())


def outline(issue: Issue) -> str:
    head = issue.masthead
    lines = [f"{head.title} | {head.date} ({head.date_origin}) | {head.weekday} | {head.number} | {issue.language}"]
    for article in issue.articles:
        lines += ["", *_article(article)]
    return "\n".join([*lines, "", *(f"left over: {text}" for text in issue.left_over)]) + "\n"


def _article(article: Article) -> list[str]:
    where = f"page {article.page}, {article.section}" if article.page else ""
    lines = [f"[{article.kind}] {article.label or ''} {where}".rstrip()]
    heads = {"kicker": article.kicker, "headline": article.headline, "subheadline": article.subheadline}
    lines += [f"  {name}: {text}" for name, text in heads.items() if text]
    if filed := article.dateline:
        lines.append(f"  dateline: {filed.place}, {filed.date}, {filed.agency}")
    lines += [f"  by: {author.role} | {author.name}" for author in article.authors]
    lines += [f"  picture: {picture.name} | {picture.caption} | {picture.credit}" for picture in article.pictures]
    for number, text in enumerate(article.paragraphs):
        mark = "#" if number in article.crossheads else "-"
        lines.append(f"  {mark} {text if len(text) <= 60 else text[:40] + ' … ' + text[-16:]}")
    return lines
