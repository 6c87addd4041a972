"""Items: a document's blocks, each with what its own words tell about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from digest.parsing import bylines, datelines, furniture, labels, masthead, shape
from digest.parsing.block import Block
from digest.parsing.bylines import Credit
from digest.parsing.datelines import Opening
from digest.parsing.furniture import PageLabel

Shape = Literal[
    "image", "rule", "page", "jump", "contents", "advertisement", "furniture", "credit", "dated", "prose", "short"
]
TEXT = ("dated", "prose")

_FURNITURE: tuple[tuple[Callable[[str], bool], Shape], ...] = (
    (furniture.is_rule, "rule"),
    (furniture.is_contents, "contents"),
    (furniture.is_advertisement, "advertisement"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A block and its shape.

    `dated` opens a report, `prose` is other running text, `short` could be a heading; the rest are what they are
    called. `opening`, `credit`, `label` and `target` (the page that a jump names, `onward` where it sends the reader
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


def items(blocks: list[Block], title: str | None = None) -> list[Item]:
    """Return the items of `blocks`; a block that holds several things (a text and its credit) gives several.

    `title` is the paper's name, which stands over every page of some papers.
    """
    found: list[Item] = []
    at = 0
    while at < len(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        credit = bylines.of_two_lines(blocks[at].text, following.text) if following else None
        if credit and following and not blocks[at].level:
            found.append(Item(blocks[at].joined(following, " "), "credit", credit=credit))
            at += 2
        else:
            found += _items(blocks[at], title)
            at += 1
    return found


def _items(block: Block, title: str | None) -> Iterator[Item]:
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


def _whole(block: Block, title: str | None) -> Item | None:
    """Return the item of a block that is only furniture or only a credit."""
    text = block.text
    for is_shape, name in _FURNITURE:
        if is_shape(text):
            return Item(block, name)
    if label := furniture.page_label(text):
        return Item(block, "page", label=label)
    credit = None if block.level else bylines.of_line(text)
    if credit and (credit.sure or not labels.label(text)):
        return Item(block, "credit", credit=credit)
    if masthead.is_furniture(text, title):
        label = furniture.label_within(text)
        return Item(block, "page" if label else "furniture", label=label)
    return Item(block, "furniture") if text == title or furniture.is_colophon(text) else None


def _text(block: Block) -> Iterator[Item]:
    """Yield the text of `block`, then the credit and the jump at its end."""
    tail: list[Item] = []
    if match := furniture.jump_to(block.text):
        block, jump = block.cut(match.start())
        tail = [Item(jump, "jump", target=furniture.target(match), onward=True)]
    if block.text and not block.level:
        whole = block
        block, credit = bylines.at_end(block)
        if credit:
            tail = [Item(whole.cut(len(block.text))[1], "credit", credit=credit), *tail]
    if block.text:
        yield of_text(block)
    yield from tail


def of_text(block: Block) -> Item:
    """Return the item of a block that is text or a heading."""
    opening = datelines.opening(block.text) if not block.level else None
    if opening and opening.sure:
        return Item(block, "dated", opening=opening)
    if block.level or (shape.is_headline(block.text) and not labels.is_salutation(block.text)):
        return Item(block, "short", opening=opening)
    return Item(block, "prose", opening=opening)
