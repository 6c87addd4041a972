"""Items: a document's blocks, each with what its own words tell about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from digest.parsing import bylines, datelines, facts, furniture, labels, ledes, masthead, shape, speech
from digest.parsing.block import Block, Glue
from digest.parsing.bylines import Credit
from digest.parsing.datelines import Opening
from digest.parsing.furniture import PageLabel

Shape = Literal[
    "image",
    "rule",
    "page",
    "jump",
    "contents",
    "advertisement",
    "furniture",
    "credit",
    "dated",
    "prose",
    "short",
    "row",
    "marked",
]
_LONGEST_TAIL = 40
"""The rest of a credit that a break has cut has at most so many characters."""

_LONGEST_NAME = 3
"""Characters of all but a few Chinese names."""

TEXT = ("dated", "prose", "row")

_LONGEST_FURNITURE = 120
"""What is longer and furniture by its words is a rule."""

_FURNITURE: tuple[tuple[Callable[[str], bool], Shape], ...] = (
    (furniture.is_rule, "rule"),
    (furniture.is_contents, "contents"),
    (speech.is_rundown, "contents"),
    (speech.is_greeting, "furniture"),
    (furniture.is_advertisement, "advertisement"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A block and its shape.

    `dated` opens a report, `prose` is other running text, `row` a line that is text by itself, `short` could be a heading, `marked` is the headline of an
    article that an editor has marked; the rest are what they are called. `opening`, `credit`, `label` and `target` (the page that a jump names, `onward` where it sends the reader
    on) stand where the shape calls for them. `inside` says that a sentence goes on behind a page's label.
    """

    block: Block
    shape: Shape
    opening: Opening | None = None
    credit: Credit | None = None
    label: PageLabel | None = None
    target: str | None = None
    onward: bool = False
    inside: bool = False

    @property
    def text(self) -> str:
        """The words of the block."""
        return self.block.text

    @property
    def is_text(self) -> bool:
        """Say whether this is running text."""
        return self.shape in TEXT

    def shaped(self, shape: Shape) -> "Item":
        """Return this item in `shape`."""
        return self if shape == self.shape else replace(self, shape=shape)


def items(blocks: list[Block], title: str | None = None) -> list[Item]:
    """Return the items of `blocks`; a block that holds several things (a text and its credit) gives several.

    `title` is the paper's name, which stands over every page of some papers.
    """
    found: list[Item] = []
    at = 0
    while at < len(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        credit = bylines.of_two_lines(blocks[at].text, following.text) if following else None
        if credit and following and not blocks[at].level and not blocks[at].marked:
            found.append(Item(blocks[at].joined(following, " "), "credit", credit=credit))
            at += 2
        else:
            if found and found[-1].shape == "credit" and _is_contact(blocks[at]):
                found[-1] = replace(found[-1], block=found[-1].block.joined(blocks[at], " "))
            elif whole := _with_cut_credit(blocks[at], following):
                found += _items(whole, title)
                at += 1
            else:
                found += _items(blocks[at], title)
            at += 1
    return found


def _items(block: Block, title: str | None) -> Iterator[Item]:
    if block.marked:
        yield from _of_marked(block)
        return
    if match := furniture.images(block.text):
        picture, block = block.cut(match.end())
        yield Item(picture, "image")
        if not block.text:
            return
    if whole := _whole(block, title):
        yield whole
        return
    if match := furniture.jump_from(block.text):
        jump, block = block.cut(match.end())
        yield Item(jump, "jump", target=furniture.target(match))
        if not block.text:
            return
    yield from _text(block)


def _of_marked(block: Block) -> Iterator[Item]:
    """Yield the items of a block that an editor has said to belong to an article: nothing in it is furniture."""
    credit = None if block.level else bylines.of_line(block.text)
    if block.marked == "headline":
        yield Item(block, "marked")
    elif furniture.images(block.text):
        yield Item(block, "image")
    elif credit and credit.sure:
        yield Item(block, "credit", credit=credit)
    else:
        yield from _text(block)


def _whole(block: Block, title: str | None) -> Item | None:
    """Return the item of a block that is only furniture or only a credit."""
    text = block.text
    for is_shape, name in _FURNITURE if len(text) <= _LONGEST_FURNITURE else _FURNITURE[:1]:
        if is_shape(text):
            return Item(block, name)
    called = text[-1] in "：:，," and labels.is_salutation(text)
    if text[-1] not in "。！？" and (item := _told(block, title, called=called)):
        return item
    standing = (
        text == title or furniture.is_advertising(text) or furniture.is_colophon(text) or furniture.is_standing(text)
    )
    return Item(block, "furniture") if standing and not called else None


def _told(block: Block, title: str | None, *, called: bool) -> Item | None:
    """Return the item of a block, no sentence, that names a page, an author, or the issue; `called` if it addresses."""
    text = block.text
    if (label := furniture.page_label(text)) and not (furniture.jump_from(text) or furniture.jump_to(text)):
        return Item(block, "page", label=label)
    credit = None if block.level or called else bylines.of_line(text)
    named = credit is not None and any(a.role for a in credit.authors)
    if credit and not (labels.is_column(text) if credit.sure and not named else labels.label(text) and not credit.sure):
        return Item(block, "credit", credit=credit)
    if masthead.is_furniture(text, title):
        label = furniture.label_within(text)
        return Item(block, "page" if label else "furniture", label=label)
    return Item(block, "jump", onward=True) if furniture.is_pointer(text) else None


def _with_cut_credit(block: Block, following: Block | None) -> Block | None:
    """Return `block` joined with `following`, if the break between them cuts a credit in brackets."""
    if following is None or block.level or following.level or block.marked or following.marked:
        return None
    if len(following.text) > _LONGEST_TAIL or not bylines.opens_bracket(block.text):
        return None
    glues: tuple[Glue, ...] = ("", " ")
    whole = [one for glue in glues if _names_in(one := block.joined(following, glue))]
    return min(whole, key=lambda one: max(map(len, _names_in(one))) > _LONGEST_NAME, default=None)


def _names_in(block: Block) -> list[str]:
    """Return the names in the credit that `block` is or ends in."""
    credit = bylines.of_line(block.text) or bylines.at_end(block)[1]
    return [author.name for author in credit.authors] if credit else []


def _is_contact(block: Block) -> bool:
    """Say whether a block is only an address of the net."""
    return "@" in block.text and facts.contacts(block.text)[0].strip("\x1f ") == ""


def _text(block: Block) -> Iterator[Item]:
    """Yield the text of `block`, then the credit and the jump at its end."""
    tail: list[Item] = []
    if match := furniture.jump_to(block.text):
        block, jump = block.cut(match.start())
        tail = [Item(jump, "jump", target=furniture.target(match), onward=True)]
    if block.text and not block.level:
        whole = block
        block, credit = bylines.at_end(block)
        if credit and (speech.is_spoken(whole.text) or datelines.is_all(whole.text)):
            block = whole
        elif credit:
            tail = [Item(whole.cut(len(block.text))[1], "credit", credit=credit), *tail]
    if block.text:
        yield of_text(block)
    yield from tail


def of_text(block: Block) -> Item:
    """Return the item of a block that is text or a heading."""
    headed = block.level or labels.kind(block.text)
    opening = None if headed else datelines.opening(block.text)
    if opening and opening.sure:
        return Item(block, "dated", opening=opening)
    if block.level or (shape.is_headline(block.text) and not _is_said(block.text)):
        return Item(block, "short", opening=opening)
    return Item(block, "prose", opening=opening)


def _is_said(text: str) -> bool:
    """Say whether `text`, short as it is, is surely no heading: somebody speaks or is spoken to, or it gives an address."""
    spoken = labels.is_salutation(text) or speech.is_spoken(text) or speech.is_address(text)
    return spoken or ledes.is_lede(text) or shape.is_clauses(text) or shape.has_contact(text)
