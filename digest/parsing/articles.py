"""Articles: a draft becomes the article that readers get."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Article, Author, Dateline, Kind, Picture
from digest.parsing import bylines, confidence, datelines, furniture, headings, joins, labels, ledes, shape, unheaded
from digest.parsing.block import Block
from digest.parsing.drafts import Draft
from digest.parsing.headings import Heading, Headings
from digest.parsing.items import Item
from digest.parsing.joins import Words
from digest.parsing.typography import normal
from digest.text import has_han


@dataclass(frozen=True, slots=True)
class Finished:
    """An article, and the pieces of the document that it is made of, by owner."""

    article: Article
    captions: tuple[Block, ...]
    paragraphs: tuple[Block, ...]


def finished(draft: Draft, words: Words) -> Finished:
    """Return the article of `draft`."""
    shots = {item.block.line for item in draft.credits if unheaded.is_photo_credit(item)}
    captions, body = _captioned(draft.body, shots)
    blocks, crossheads = _paragraphs(body, draft, words)
    lede, text = ledes.taken(blocks)
    crossheads = [at - (len(blocks) - len(text)) for at in crossheads]
    texts = tuple(normal(block.text) for block in text)
    heads = _headings(draft, "".join(b.text for b in blocks))
    opening = datelines.opening(text[0].text) if text else None
    spoken = bylines.reported(texts[-1]) if texts else ()
    pictured = shots & {item.block.line for item in captions}
    authors = _authors(draft, pictured, (*(opening.authors if opening else ()), *spoken))
    label = (labels.name(draft.label.text) if draft.label else None) or heads.label or draft.collective
    kind = _kind(draft, label, heads.headline, texts, authors)
    article = Article(
        kind=kind,
        label=label,
        kicker=heads.kicker,
        headline=heads.headline,
        subheadline=heads.subheadline,
        lede=lede and normal(lede),
        page=draft.page or next((item.block.page for item in draft.body if item.block.page), None),
        section=draft.section,
        dateline=_known(opening.dateline) if opening else None,
        authors=authors,
        paragraphs=texts,
        crossheads=tuple(crossheads),
        pictures=_pictures(draft, captions),
        confidence=confidence.of(
            draft, texts, filed=bool(opening and opening.sure) or bool(draft.credits), ranked=heads.sure
        ),
    )
    return Finished(article, tuple(item.block for item in captions), tuple(blocks))


def _headings(draft: Draft, body: str) -> Headings:
    """Return the headings; of an article that an editor has marked, the headline is what stands in the mark."""
    if draft.marked:
        first, *others = (normal(head.text) for head in draft.heads)
        return Headings(headline=first, subheadline=" ".join(others) or None)
    return headings.ranked([Heading(head.text, head.block.level) for head in draft.heads], body)


def _paragraphs(body: list[Item], draft: Draft, words: Words) -> tuple[list[Block], list[int]]:
    """Return the paragraphs, and which of them are crossheads."""
    blocks: list[Block] = []
    crossheads: list[int] = []
    waiting: list[Block] = []
    apart, heads = {item.block.line for item in draft.apart}, {item.block.line for item in draft.crossheads}
    for item in body:
        if item.block.line in apart:
            blocks += joins.paragraphs(waiting, words)
            waiting = []
            crossheads += [len(blocks)] * (item.block.line in heads)
            blocks.append(item.block)
        else:
            if item.shape == "dated" and waiting and ledes.is_lede(waiting[0].text):
                blocks += joins.paragraphs(waiting, words)
                waiting = []
            waiting.append(item.block)
    return [*blocks, *joins.paragraphs(waiting, words)], crossheads


def _captioned(body: Sequence[Item], shots: set[int]) -> tuple[list[Item], list[Item]]:
    """Return the captions among the lines of an article, unless it is only one, and the other lines.

    On the lines `shots` a photographer is credited; English text before that is a caption.
    """
    captions: list[Item] = []
    others: list[Item] = []
    for item in body:
        told = shape.is_caption(item.text) or (item.block.line in shots and not has_han(item.text))
        caption = told and len(body) > 1 and item.shape == "prose"
        (captions if caption else others).append(item)
    return captions, others


def _authors(draft: Draft, pictured: set[int], opening: tuple[Author, ...]) -> tuple[Author, ...]:
    """Return the authors once each, those before the text first; who is credited on a line of `pictured` took a picture."""
    first = min((item.block.line for item in draft.body), default=0)
    named = (item for item in draft.credits if item.block.line not in pictured)
    credited = sorted(named, key=lambda item: item.block.line)
    front = [a for item in credited if item.block.line < first and item.credit for a in item.credit.authors]
    behind = [a for item in credited if item.block.line >= first and item.credit for a in item.credit.authors]
    return tuple(dict.fromkeys([*front, *opening, *behind]))


def _known(dateline: Dateline) -> Dateline | None:
    return dateline if dateline != Dateline() else None


def _kind(
    draft: Draft, label: str | None, headline: str | None, texts: tuple[str, ...], authors: tuple[Author, ...]
) -> Kind:
    if draft.kind:
        return draft.kind
    if label and (kind := labels.kind(label)):
        return kind
    if draft.is_photo and len(texts) <= 2 and sum(map(len, texts)) <= 400 and (not headline or len(texts) == 1):
        return "photo"
    if headline and labels.is_notice(headline):
        return "notice"
    if texts and labels.is_salutation(texts[0]):
        return "letter"
    return "comment" if any(map(bylines.writes_leaders, authors)) else "news"


def _pictures(draft: Draft, captions: list[Item]) -> tuple[Picture, ...]:
    """Return the pictures: each place of one with the words that stand with it, and captions without a place."""
    credit = next((item.text for item in draft.credits if item.credit and item.credit.photo), None)
    texts = [normal(item.text) for item in captions]
    found: list[Picture] = []
    for words, name in (picture for item in draft.images for picture in furniture.pictures(item.text)):
        caption = words or (texts.pop(0) if texts else None)
        found.append(Picture(name, caption, credit))
    return (*found, *(Picture("", text, credit) for text in texts))
