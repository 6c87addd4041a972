"""Drafts: articles in the making, and how one ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.model import Kind
from digest.parsing import bylines, dates, evidence, labels, shape
from digest.parsing.items import Item

_SIGN_OFF = 40


@dataclass(slots=True)
class Draft:
    """An article in the making.

    `evidence` tells how surely it begins where it does, `closed` that a credit has ended it. `onward` are the pages
    that its jumps send the reader to, `comes_from` the page that it continues from. `apart` are lines of the body, the
    crossheads among them, to which nothing is joined.
    """

    heads: list[Item] = field(default_factory=list)
    label: Item | None = None
    collective: str | None = None
    kind: Kind | None = None
    page: int | None = None
    section: str | None = None
    credits: list[Item] = field(default_factory=list)
    body: list[Item] = field(default_factory=list)
    crossheads: list[Item] = field(default_factory=list)
    apart: list[Item] = field(default_factory=list)
    images: list[Item] = field(default_factory=list)
    onward: list[str] = field(default_factory=list)
    comes_from: str | None = None
    closed: bool = False
    evidence: int = evidence.CERTAIN

    @property
    def is_unfinished(self) -> bool:
        """Say whether the article has text and nothing that ended it."""
        return bool(self.body) and not self.closed

    @property
    def is_letter(self) -> bool:
        """Say whether this is a letter: by its collective heading, or by its salutation."""
        return self.kind == "letter" or any(labels.is_salutation(item.text) for item in self.body[:1])


def signed(draft: Draft, line: Item, *, last: bool) -> Item | None:
    """Return `line` as the signature of the letter `draft`, None where it is something else.

    `last` says that the line is surely no heading of the text that follows.
    """
    if line.block.level or not draft.is_unfinished or not draft.is_letter:
        return None
    credit = bylines.signature(line.text, last=last)
    return replace(line, shape="credit", credit=credit) if credit else None


def is_sign_off(lines: Sequence[Item]) -> bool:
    """Say whether `lines` tell who issues a notice, and its date: 落款."""
    if not lines or any(shape.width(line.text) > _SIGN_OFF for line in lines):
        return False
    text = lines[-1].text
    found = next(dates.found(text), None)
    return found is not None and len(text) - (found.end - found.start) <= 6
