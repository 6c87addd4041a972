"""Drafts: which items belong to one article, and which to none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.model import Kind
from digest.parsing import labels, shape
from digest.parsing.items import Item
from digest.parsing.style import Style, style

_SIGN_OFF = 40


@dataclass(slots=True)
class Draft:
    """An article in the making. `evidence` tells how surely it begins where it does; `closed` that a credit ended it."""

    heads: list[Item] = field(default_factory=list)
    label: Item | None = None
    collective: str | None = None
    kind: Kind | None = None
    page: int | None = None
    section: str | None = None
    credits: list[Item] = field(default_factory=list)
    body: list[Item] = field(default_factory=list)
    crossheads: list[Item] = field(default_factory=list)
    images: list[Item] = field(default_factory=list)
    onward: list[str] = field(default_factory=list)
    comes_from: str | None = None
    closed: bool = False
    evidence: int = 4


@dataclass(slots=True)
class Division:
    """The articles of an issue, and what stands in none."""

    drafts: list[Draft]
    labels: list[Item]
    left_over: list[Item]


def divided(items: Sequence[Item]) -> Division:
    """Return `items` as articles in print order, and the rest."""
    divider = _Divider(items, style(items))
    while divider.at < len(items):
        divider.step()
    return Division([d for d in divider.drafts if d.body], divider.labels, divider.finish())


class _Divider:
    """The walk over the items. `fresh` says that something has just ended the article before."""

    def __init__(self, items: Sequence[Item], manner: Style) -> None:
        self.items = items
        self.style = manner
        self.at = 0
        self.drafts: list[Draft] = []
        self.labels: list[Item] = []
        self._left: list[Item] = []
        self._fresh = True
        self._page: int | None = None
        self._section: str | None = None
        self._collective: Item | None = None
        self._from: str | None = None

    def step(self) -> None:
        """Take the next item, or the next run of headings."""
        item = self.items[self.at]
        if item.shape == "short" or (item.shape == "credit" and self._fresh):
            self._take_run()
            return
        self.at += 1
        match item.shape:
            case "dated" | "prose":
                self._take_text(item)
            case "credit":
                self._take_credit(item)
            case "page":
                self._take_page(item)
            case "jump":
                self._take_jump(item)
            case "image" if self.drafts and not self._fresh:
                self.drafts[-1].images.append(item)
            case "contents":
                self._take_contents(item)
            case "advertisement":
                self._take_advertisement(item)
            case _:
                self._left.append(item)

    def finish(self) -> list[Item]:
        """Return what stands in no article, in order."""
        headless = [item for d in self.drafts if not d.body for item in (*d.heads, *d.credits, *d.images)]
        return sorted([*self._left, *headless], key=lambda item: item.block.line)

    def _take_run(self) -> None:
        """Take a run of short items: the headings of a new article, crossheads, or what stands by itself."""
        start = self.at
        end = start
        while end < len(self.items) and self.items[end].shape == "short" and not (end > start and self._splits(end)):
            end += 1
        credits = end
        while credits < len(self.items) and self.items[credits].shape == "credit":
            credits += 1
        run = list(self.items[start:end])
        following = self.items[credits] if credits < len(self.items) else None
        self.at = end
        if following is None or not (following.is_text or following.shape in {"image", "short", "jump"}):
            self._take_ending(run, following)
            return
        evidence = self._evidence(run, self.items[end:credits], following)
        if evidence < 1 and run:
            self._take_crossheads(run)
            return
        self.at = credits
        self._begin(run, evidence)
        self.drafts[-1].credits += self.items[end:credits]

    def _splits(self, at: int) -> bool:
        """Say whether a new run of headings begins at `at`, behind another short item."""
        item, before = self.items[at], self.items[at - 1]
        return bool(item.block.level and not before.block.level and not labels.label(before.text))

    def _evidence(self, run: Sequence[Item], credits: Sequence[Item], following: Item) -> int:
        """Return how much speaks for a new article at `run`; below 1, it is crossheads in the open one."""
        if not self.drafts or self._fresh:
            return 4
        open_one = self.drafts[-1]
        sure_credit = any(item.credit and item.credit.sure for item in credits)
        strong = following.shape == "dated" or sure_credit or open_one.closed
        score = 3 * (following.shape == "dated") + 3 * sure_credit + 3 * open_one.closed + 2 * bool(credits)
        if not run:
            return score
        first = run[0]
        score += self._level_evidence(first, open_one) + self.style.gap_evidence(first)
        score += 3 * bool(labels.label(first.text)) + (len(run) > 1)
        width = sum(shape.width(item.text) for item in run)
        score += (width >= 12) - 2 * (width <= 7)
        score -= 5 * (shape.is_enumerated(first.text) and following.shape != "dated")
        if self._collective is not None and not strong:
            score += 2
        return score - 3 * (self.style.regular and not strong)

    def _level_evidence(self, first: Item, open_one: Draft) -> int:
        level = first.block.level
        if not self.style.level:
            return 0
        if not level:
            return -3 if any(item.block.level for item in open_one.heads) else 0
        return 5 if level <= self.style.level else -5

    def _begin(self, run: list[Item], evidence: int) -> None:
        run = self._sorted_out(run)
        draft = Draft(page=self._page, section=self._section, evidence=evidence, comes_from=self._from)
        self._from = None
        if run and self._collective is None and len(run) > 1 and labels.label(run[0].text):
            draft.label = run.pop(0)
        if self._collective is not None:
            draft.collective = labels.label(self._collective.text)
            draft.kind = labels.kind(self._collective.text)
        draft.heads = run
        self.drafts.append(draft)
        self._fresh = False

    def _sorted_out(self, run: list[Item]) -> list[Item]:
        """Take collective headings and section names from the front of `run`; return the headings of the article."""
        while run:
            item = run[0]
            deeper = len(run) > 1 and 0 < item.block.level < run[1].block.level and item.block.level < self.style.level
            if labels.is_collective(item.text) and (len(run) > 1 or labels.kind(item.text) != "notice"):
                self._collective = item
            elif deeper:
                self._collective, self._section = None, item.text
            else:
                break
            self.labels.append(run.pop(0))
        if self._collective is not None and len(run) > 1 and labels.label(run[0].text):
            self._collective = None
        return run

    def _take_crossheads(self, run: list[Item]) -> None:
        draft = self.drafts[-1]
        draft.body += run
        draft.crossheads += run

    def _take_ending(self, run: list[Item], following: Item | None) -> None:
        """Take short items that no text follows: a notice's sign-off, a section's name, or a slogan."""
        draft = self.drafts[-1] if self.drafts and not self._fresh else None
        if draft and not draft.closed and _is_sign_off(run, draft):
            draft.body += run
            return
        if following is not None and following.shape == "page":
            self._left += run
            return
        self._left += run
        self._fresh = self._fresh or bool(run)

    def _take_text(self, item: Item) -> None:
        draft = self.drafts[-1] if self.drafts else None
        brief = self._collective is not None and labels.kind(self._collective.text) == "brief"
        starts_brief = brief and draft is not None and bool(draft.body) and (item.shape == "dated" or _is_bulleted(item))
        if draft is None or self._fresh or starts_brief or self._is_photo_report(draft) or (item.shape == "dated" and draft.body and (draft.closed or draft.body[0].shape == "dated")):
            self._begin([], 2)
        self.drafts[-1].body.append(item)

    def _is_photo_report(self, draft: Draft) -> bool:
        """Say whether the text just taken is a caption: alone behind a finished article, with a photo credit below."""
        following = self.items[self.at] if self.at < len(self.items) else None
        is_credited = following is not None and following.credit is not None and following.credit.photo
        return is_credited and (draft.closed or not draft.body) and bool(draft.body)

    def _take_credit(self, item: Item) -> None:
        draft = self.drafts[-1]
        draft.credits.append(item)
        following = self.items[self.at] if self.at < len(self.items) else None
        draft.closed = bool(draft.body) and (self.style.ends_in_credit or following is None or following.shape != "prose")

    def _take_page(self, item: Item) -> None:
        self._left.append(item)
        if item.label and (item.label.page or item.label.section):
            self._page = item.label.page or self._page
            self._section = item.label.section
            self._collective = None
            self._fresh = True

    def _take_jump(self, item: Item) -> None:
        self._left.append(item)
        if item.onward:
            if self.drafts:
                self.drafts[-1].onward.append(item.target or "")
                self.drafts[-1].closed = True
        elif self._fresh or not self.drafts or self.drafts[-1].body:
            self._from = item.target
            self._fresh = True
        else:
            self.drafts[-1].comes_from = item.target

    def _take_contents(self, item: Item) -> None:
        """Take a table of contents: its entries are short, name a page, or stand as headlines further on."""
        from digest.parsing import furniture

        self._left.append(item)
        later = Counter(other.text.strip() for other in self.items[self.at :] if other.shape == "short")
        while self.at < len(self.items):
            entry = self.items[self.at]
            repeated = entry.shape == "short" and later[entry.text.strip()] > 1
            if not (furniture.is_reference(entry.text) or repeated or entry.shape in {"rule", "jump"}):
                break
            self._left.append(entry)
            self.at += 1
        self._fresh = True

    def _take_advertisement(self, item: Item) -> None:
        """Take an advertisement: everything up to where an article, a page or a rule surely begins."""
        self._left.append(item)
        while self.at < len(self.items):
            entry = self.items[self.at]
            if entry.shape in {"page", "dated", "rule", "contents"} or entry.block.level or self._begins_article(self.at):
                break
            self._left.append(entry)
            self.at += 1
        self._fresh = True

    def _begins_article(self, at: int) -> bool:
        """Say whether a run of headings at `at` stands over a dateline or a credit."""
        end = at
        while end < len(self.items) and self.items[end].shape == "short":
            end += 1
        return end < len(self.items) and self.items[end].shape in {"dated", "credit"}


def _is_sign_off(run: Sequence[Item], draft: Draft) -> bool:
    """Say whether `run` signs the article: who issues a notice, and the date."""
    from digest.parsing import dates

    texts = [item.text for item in run]
    if not texts or len(texts) > 3 or any(shape.width(text) > _SIGN_OFF for text in texts):
        return False
    last = next(dates.found(texts[-1]), None)
    return last is not None and last.start <= 12 and len(texts[-1]) - (last.end - last.start) <= 6


def _is_bulleted(item: Item) -> bool:
    return item.text[0] in "●▲■◆★◇○△▶•【" or shape.is_enumerated(item.text)
