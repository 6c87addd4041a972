"""Parsing: Document → Issue. Masthead, headings, datelines, credits, joins, jumps; every character accounted for."""

from dataclasses import replace
from itertools import takewhile

from digest.model import Document, Issue, Masthead
from digest.parsing import articles, beginnings, dating, facts, faults, furniture, jumps, masthead, owners, wrapped
from digest.parsing.articles import Finished
from digest.parsing.aside import set_aside
from digest.parsing.block import Block, blocks
from digest.parsing.division import Division, divided
from digest.parsing.drafts import Draft
from digest.parsing.items import Item, items
from digest.parsing.joins import Words, mended
from digest.parsing.language import language
from digest.parsing.owners import Owner, Span
from digest.parsing.rows import listed


def parse(document: Document) -> Issue:
    """Return the issue that `document` holds. Any document gives one, if need be without articles."""
    return _parsed(document)[0]


def accounted(document: Document) -> tuple[Issue, tuple[Span, ...]]:
    """Return the issue, and to whom each character of `document` belongs."""
    issue, owned = _parsed(document)
    return issue, owners.spans(owned)


def _parsed(document: Document) -> tuple[Issue, list[tuple[Block, Owner]]]:
    """Return the issue, and every block of `document` with its owner."""
    texts = [line.text for line in document.lines]
    words = Words(texts)
    all_blocks = wrapped.unwrapped(blocks(document), words)
    top = masthead.take(list(takewhile(lambda block: not block.marked, all_blocks)))
    taken = {block.line for block in top.owned}
    rest = [block for block in all_blocks if block.line not in taken]
    kept, aside = set_aside(items(rest, top.masthead.title))
    first = next(filter(None, (furniture.label_within(block.text) for block in top.owned)), None)
    lines = listed(kept)
    cut = beginnings.often_cut(lines)
    whole = mended(beginnings.restored(lines, words, often=cut), words)
    division = divided(whole, words, first, document.pictures, cut=cut)
    drafts, repeated = jumps.followed(division.drafts)
    done = [articles.finished(draft, words) for draft in drafts]
    left = sorted([*division.left_over, *aside, *repeated], key=lambda item: item.block.line)

    owned = _owned(top.owned, division, drafts, done, left)
    forgotten = owners.unowned(document, owned)
    owned += [(block, "left_over") for block in forgotten]

    printed = [a.article.dateline.date for a in done if a.article.dateline and a.article.dateline.date]
    head = _masthead(document, top.masthead, left)
    years = dating.years(() if head.date else texts)
    clues = dating.Clues(document.name, document.modified, printed, years, top.month_day)
    head = dating.numbered(dating.dated(head, clues), document.name)
    found = tuple(one.article for one in done)
    issue = Issue(
        masthead=head,
        articles=found,
        language=language(texts),
        embargo=document.embargo,
        correction=document.given.get("correction"),
        left_over=tuple(item.text for item in left) + tuple(block.text for block in forgotten),
        remarks=(*document.remarks, *faults.remarks(head, found)),
        coverage=owners.coverage(document, owned),
        confidence=round(sum(a.confidence for a in found) / len(found), 2) if found else 0.0,
    )
    return issue, owned


def _masthead(document: Document, printed: Masthead, left: list[Item]) -> Masthead:
    """Return what the editor states, then what the top of the paper prints, then what its pages repeat."""
    head = facts.merged(facts.stated(document.given), printed)
    for item in left:
        if item.shape == "furniture":
            head = facts.merged(head, facts.facts(item.text).masthead)
            head = facts.merged(head, replace(facts.contacts(item.text)[1], title=masthead.title_in(item.text)))
    return head


def _owned(
    top: tuple[Block, ...], division: Division, drafts: list[Draft], done: list[Finished], left: list[Item]
) -> list[tuple[Block, Owner]]:
    """Return every block with its owner."""
    owned: list[tuple[Block, Owner]] = [(block, "masthead") for block in top]
    owned += [(item.block, "heading") for item in division.labels]
    owned += [(item.block, "left_over") for item in left]
    for draft, one in zip(drafts, done, strict=True):
        owned += [(item.block, "heading") for item in (*draft.heads, *([draft.label] if draft.label else []))]
        owned += [(item.block, "credit") for item in draft.credits]
        owned += [(item.block, "markup") for item in draft.images]
        owned += [(block, "paragraph") for block in one.paragraphs]
        owned += [(block, "caption") for block in one.captions]
    return owned
