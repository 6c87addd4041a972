"""Drafts: articles in the making, and how one ends."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from statistics import median

from digest.model import Author, Kind
from digest.parsing import bylines, dates, evidence, labels, shape, speech
from digest.parsing.bylines import Credit
from digest.parsing.evidence import CERTAIN
from digest.parsing.items import Item
from digest.text import LETTER, has_han

_SIGN_OFF = 40
_LONG, _LONGER = 1500, 4
"""Characters, and times the usual length, from which an article is unusually long."""

_TITLED = re.compile(r"[（(](?:Mr|Mrs|Ms|Miss|Dr)\.?[)）]\s*")
_OFFICE = re.compile(
    rf"(?:本报|本報|本刊|本台)?{LETTER}{{2,14}}(?:部|局|处|處|委|办|辦|办公室|辦公室|公司|中心|协会|協會|学校|學校|居委会|委员会|委員會|政府|集团|集團|工会|工會|[站社院厅廳所馆館队隊])"
)
_ADDRESSEE = re.compile("致|给|給|写给|寫給|复|答")


@dataclass(slots=True)
class Draft:
    """An article in the making.

    `evidence` tells how surely it begins where it does, `until` how surely the next one does, `doubts` how many lines
    in it could nearly have begun another, `is_long` that it is far longer than the others. `closed` that a credit has ended it. `onward` are the pages
    that its jumps send the reader to, `comes_from` the page that it continues from. `apart` are lines of the body, the
    crossheads among them, to which nothing is joined. `marked` says that an editor has said where it stands.
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
    marked: bool = False
    evidence: int = CERTAIN
    until: int = CERTAIN
    doubts: int = 0
    is_long: bool = False

    @property
    def around(self) -> tuple[Item, ...]:
        """All that belongs to the article but its text."""
        return (*self.heads, *self.credits, *self.images, *([self.label] if self.label else []))

    @property
    def is_unfinished(self) -> bool:
        """Say whether the article has text and nothing that ended it."""
        return bool(self.body) and not self.closed

    @property
    def is_finished(self) -> bool:
        """Say whether the last sentence of the text is whole."""
        return bool(self.body) and (self.body[-1].shape == "row" or shape.ends_sentence(self.body[-1].text))

    @property
    def is_credited(self) -> bool:
        """Say whether somebody else than a photographer has been named as the author."""
        named = any(item.credit and not item.credit.photo for item in self.credits)
        return named or any(item.opening and item.opening.authors for item in self.body[:1])

    @property
    def is_photo(self) -> bool:
        """Say whether a photographer is credited."""
        return any(item.credit and item.credit.photo for item in self.credits)

    @property
    def is_east(self) -> bool:
        """Say whether the headings are Chinese."""
        return any(has_han(item.text) for item in self.heads)

    @property
    def is_letter(self) -> bool:
        """Say whether this is a letter: by its collective heading, its salutation, or its headline (致…)."""
        addressed = any(labels.is_salutation(item.text) or speech.is_address(item.text) for item in self.body[:1])
        return self.kind == "letter" or addressed or any(_ADDRESSEE.match(item.text) for item in self.heads)

    @property
    def is_notice(self) -> bool:
        """Say whether this is a notice, by its headings."""
        return any(labels.is_notice(item.text) for item in self.heads)

    @property
    def is_answered(self) -> bool:
        """Say whether this is a letter and no notice: who signs it is its author."""
        return self.is_letter and not self.is_notice

    def take_text(self, item: Item) -> None:
        """Take running text; the reply to a letter opens it again behind its signature."""
        self.body.append(item)
        self.closed = self.closed and not speech.is_address(item.text)

    def take_apart(self, lines: Sequence[Item]) -> None:
        """Take `lines` into the text, each a paragraph of its own."""
        self.body += lines
        self.apart += lines

    def take_closing(self, lines: Sequence[Item]) -> list[Item]:
        """Take the lines that end the article, and return those that are neither credit nor text of it."""
        self.credits += [item for item in lines if item.shape == "credit"]
        self.take_apart([item for item in lines if item.shape == "row"])
        self.closed = self.closed or bool(lines)
        return [item for item in lines if item.shape == "short"]

    def give_back(self) -> list[Item]:
        """Give back the crosshead that the text ends in: another article begins under it."""
        last = self.body[-1] if self.body else None
        if last is None or not any(last is one for one in self.crossheads):
            return []
        self.body, self.crossheads, self.apart = self.body[:-1], self.crossheads[:-1], self.apart[:-1]
        return [last]

    def take_marked(self, item: Item) -> None:
        """Take an item of an article that an editor has marked."""
        if item.shape == "credit":
            self.credits.append(item)
        elif item.shape == "image":
            self.images.append(item)
        else:
            self.body.append(item)
            if item.shape == "short" and not evidence.is_fragment(item.text):
                self.crossheads.append(item)
                self.apart.append(item)

    def take_parallels(self) -> None:
        """Take those short lines as crossheads that divide the article more than once in one form."""
        taken = {item.block.line for item in self.apart}
        lines = [item for item in self.body if item.shape == "short" and item.block.line not in taken]
        if len(lines) < 2:
            return
        forms = Counter(evidence.form(item.text) for item in lines)
        found = [item for item in lines if (form := evidence.form(item.text)) and forms[form] > 1]
        self.crossheads += found
        self.apart += found

    def is_signed_by_office(self, line: Item) -> bool:
        """Say whether `line` names the office that issues this letter or notice."""
        official = not self.closed and (self.is_letter or self.is_notice)
        named = _OFFICE.fullmatch(line.text) is not None and "的" not in line.text
        return official and named and not line.block.level


def settled(drafts: Sequence[Draft]) -> list[Draft]:
    """Return those of `drafts` that have text, each knowing what is told from the others."""
    whole = [draft for draft in drafts if draft.body]
    lengths = [sum(len(item.text) for item in draft.body) for draft in whole]
    usual = median(lengths) if lengths else 0
    for draft, length, following in zip_longest(whole, lengths, whole[1:]):
        draft.take_parallels()
        draft.until = following.evidence if following else CERTAIN
        draft.is_long = length > max(_LONG, _LONGER * usual)
    return whole


def signed(draft: Draft, line: Item, *, last: bool) -> Item | None:
    """Return `line` as the signature of the letter `draft`, None where it is something else.

    `last` says that the line is surely no heading of the text that follows.
    """
    if line.block.level or not draft.is_unfinished or not draft.is_letter or shape.ends_sentence(line.text):
        return None
    if any(item.text.rstrip("：: ") == line.text for item in draft.body):
        return replace(line, shape="credit", credit=Credit((Author("", line.text),), sure=True))
    credit = bylines.signature(_TITLED.sub("", line.text), last=last)
    return replace(line, shape="credit", credit=credit) if credit else None


def is_sign_off(lines: Sequence[Item]) -> bool:
    """Say whether `lines` tell who issues a notice, and its date: 落款."""
    if not lines or any(shape.width(line.text) > _SIGN_OFF for line in lines):
        return False
    text = lines[-1].text
    found = next(dates.found(text), None)
    return found is not None and len(text) - (found.end - found.start) <= 6
