"""Division: the walk over an issue's items that gives each its article, or none."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from digest.parsing import bylines, evidence, furniture, labels, runs, shape, unheaded
from digest.parsing.cursor import Cursor
from digest.parsing.drafts import Draft, is_sign_off, settled
from digest.parsing.evidence import CERTAIN
from digest.parsing.furniture import PageLabel
from digest.parsing.items import Item
from digest.parsing.joins import Words
from digest.parsing.judge import Judge
from digest.parsing.sections import Sections

_MOST_HEADS = 5
_UNHEADED = 2
"""Evidence of an article that begins without any heading."""

_BEHIND_PICTURE = 3
"""So many items behind a text tell whether it is a photo report: another paragraph, the credit, and what comes then."""

_AHEAD = 6
"""So many items behind a heading tell whether it stands over several articles."""


@dataclass(frozen=True, slots=True)
class Division:
    """The articles of an issue, the headings over several of them, and what stands in none."""

    drafts: list[Draft]
    labels: list[Item]
    left_over: list[Item]


def divided(
    items: Sequence[Item],
    words: Words,
    first: PageLabel | None = None,
    held: Container[str] = (),
    *,
    cut: bool = False,
) -> Division:
    """Return `items` as articles in print order, and the rest.

    `first` is the page that the masthead names, `held` names the pictures that are there and no mere placeholders, `cut`
    says that columns have cut the texts.
    """
    divider = _Divider(items, words, first or PageLabel(None, None), held, cut=cut)
    while divider.at < len(items):
        divider.step()
    return divider.division()


class _Divider(Cursor):
    """The walk over the items. `fresh` says that something has just ended the article before."""

    def __init__(
        self, items: Sequence[Item], words: Words, first: PageLabel, held: Container[str], *, cut: bool
    ) -> None:
        super().__init__(items)
        self._held = held
        self._judge = Judge(self.items, words, cut=cut)
        self._style = self._judge.style
        self._sections = Sections(first, self._style.level)
        self._drafts: list[Draft] = []
        self._left: list[Item] = []
        self._fresh = True
        self._from: str | None = None
        self._images: list[Item] = []

    def step(self) -> None:
        """Take the next item, or the next run of headings."""
        item = self.items[self.at]
        if item.block.marked:
            self._take_marked(item)
            return
        listed = self._sections.is_listed(item)
        headed = item.shape == "short" or (item.shape == "credit" and (self._fresh or self._is_over(item)))
        if headed and not listed:
            self._take_run()
            return
        self.at += 1
        match "prose" if listed else item.shape:
            case "dated" | "prose":
                self._take_text(item)
            case "row":
                self._take_row(item)
            case "credit":
                self._take_credit(item)
            case "page":
                self._take_page(item)
            case "jump":
                self._take_jump(item)
            case "image":
                self._take_image(item)
            case "contents" | "advertisement":
                self._left.append(item)
                self._fresh = True
            case _:
                self._take_furniture(item)

    def division(self) -> Division:
        """Return the articles, and what stands in none, in order."""
        empty = [item for draft in self._drafts if not draft.body for item in draft.around]
        left = sorted([*self._left, *self._images, *empty], key=lambda item: item.block.line)
        return Division(settled(self._drafts), self._sections.taken, left)

    @property
    def _open(self) -> Draft | None:
        """The article that is being read, None at a boundary."""
        return self._drafts[-1] if self._drafts and not self._fresh else None

    @property
    def _ahead(self) -> Sequence[Item]:
        """The next items."""
        return self.items[self.at : self.at + _AHEAD]

    def _take_run(self) -> None:
        """Take a run of short items: the headings of a new article, crossheads, or what stands by itself."""
        end = self.heads_end()
        body = self.after(end, "credit")
        run, credited = list(self.items[self.at : end]), list(self.items[end:body])
        self.at = end
        following, parted = self.item(body), False
        if credited and following is not None and following.shape == "short":
            if not all(map(runs.is_leader, credited)) and self._ends_in(run, credited):
                return
            if parted := all(labels.label(item.text) for item in run):
                end = self.after(body, "short")
                run += self.items[body:end]
                body = self.after(end, "credit")
                credited += self.items[end:body]
                following = self.item(body)
            else:
                self.items[body] = following = replace(following, shape="prose")
        if not parted and self._signs_off(run, following):
            return
        run = self._without_closing(run, following)
        strays = runs.strays(run, self._style, self._ahead)
        self._left += strays
        run = run[len(strays) :]
        if following is None or not (following.is_text or following.shape in {"image", "jump"}):
            self._take_unfollowed(run or credited)
            self.at = end if run else body
            return
        collected, draft = self._sections.collective is not None, self._open
        score = CERTAIN
        if draft is not None:
            score = self._judge.score(self.at, run, credited, draft, collected=collected)
        if score < 1 and run and not parted:  # a credit stands between headings of one article only
            self._take_crossheads(run, following)
            self._drafts[-1].doubts += score >= 0
        elif run or credited:
            self.at = body
            self._begin(run, score)
            self._drafts[-1].credits += credited

    def _begin(self, run: list[Item], score: int) -> None:
        """Begin an article under the headings `run`."""
        run = self._sections.without_collective(run, self._ahead)
        self._left += [*run[:-_MOST_HEADS], *self._images]
        self._images = []
        draft = self._sections.draft(run[-_MOST_HEADS:], self._style, self._ahead)
        draft.evidence, draft.comes_from = self._judge.doubted(score, run, self._ahead), self._from
        self._from = None
        self._drafts.append(draft)
        self._fresh = False

    def _take_marked(self, item: Item) -> None:
        """Take an item into the article that an editor has marked, whatever it looks like.

        Short lines between its headline and its text are headings too. What is behind its end begins afresh.
        """
        if item.shape != "marked":
            self.at += 1
            self._drafts[-1].take_marked(item)
            return
        self._fresh = True
        end = self.after(self.at + 1, "short")
        followed = end < len(self.items) and self.items[end].block.marked == "text"
        heads = self.items[self.at : end if followed else self.at + 1]
        draft = self._sections.draft([], self._style)
        self._drafts.append(replace(draft, heads=list(heads), collective=None, kind=None, closed=True, marked=True))
        self.at += len(heads)

    def _without_closing(self, run: list[Item], following: Item | None) -> list[Item]:
        """Return `run` without the lines at its front that end the open article: its source, a letter's signature."""
        draft = self._open
        if draft is None or not draft.body:
            return run
        lines = runs.closing(run, draft, following)
        self._left += draft.take_closing(lines)
        return run[len(lines) :]

    def _signs_off(self, run: list[Item], following: Item | None) -> bool:
        """Take the lines that sign the open article. False where they do not."""
        draft = self._open
        if draft is None or not draft.is_unfinished or len(run) > 3:
            return False
        lines = list(run)
        if following is not None and following.shape == "furniture" and following is self.next():
            lines.append(following)
        if not is_sign_off(lines):
            return False
        self.at += len(lines) - len(run)
        draft.take_apart(lines)
        draft.closed = True
        return True

    def _ends_in(self, run: list[Item], credited: list[Item]) -> bool:
        """Take `run` as the last words of the open article, which the credits close. False where they head another."""
        draft = self._open
        photo = any(map(unheaded.is_photo_credit, credited))
        if not (photo or (draft and draft.is_unfinished and self._style.ends_in_credit)):
            return False
        if draft is None or draft.closed:
            self._begin([], 1)
            draft = self._drafts[-1]
        draft.body += run
        self.at += len(credited)
        draft.credits += credited
        draft.closed = True
        return True

    def _take_crossheads(self, run: list[Item], following: Item) -> None:
        """Take short items into the open article: as crossheads, or as pieces of its text."""
        draft = self._drafts[-1]
        draft.body += run
        cut = self._style.cut or len(following.block.parts) > 1
        crossheads = [item for item in run if item.block.level or not evidence.is_fragment(item.text, cut=cut)]
        if crossheads and not run[-1].block.level and self._judge.flows(run, following):
            crossheads = [item for item in crossheads if item is not run[-1]]
        draft.crossheads += crossheads
        draft.apart += crossheads

    def _take_unfollowed(self, run: list[Item]) -> None:
        """Take short items that no text follows: a section's name, or a slogan."""
        self._left += run
        self._fresh = self._fresh or bool(run)

    def _take_text(self, item: Item) -> None:
        draft = self._open or self._turned_over(item)
        if draft is None or self._is_new(draft, item):
            images, self._images = self._images, []
            collective = self._sections.collective
            heads = draft.give_back() if draft is not None else []
            self._begin(heads, CERTAIN if heads or (collective and collective.begins(item)) else _UNHEADED)
            self._drafts[-1].images += images
        self._drafts[-1].take_text(item)

    def _is_new(self, draft: Draft, item: Item) -> bool:
        """Say whether the text `item`, which has just been passed, begins an article behind the open one, `draft`."""
        pictured = self.at > 1 and self.items[self.at - 2].shape == "image"
        ahead = self.items[self.at : self.at + _BEHIND_PICTURE]
        return unheaded.starts(
            draft, item, ahead, self._sections.collective, lambda: pictured or self._judge.is_other(draft, item)
        )

    def _turned_over(self, item: Item) -> Draft | None:
        """Return the article that goes on behind a boundary, where a text without headings or dateline stands there."""
        draft = self._drafts[-1] if self._drafts else None
        if draft is None or self._from is not None or not unheaded.goes_on(draft, item, self.next()):
            return None
        self._fresh = False
        return draft

    def _take_furniture(self, item: Item) -> None:
        """Take what belongs to no article, but a telephone number or a date that stands close under a notice."""
        draft, following = self._open, self.next()
        close = item.block.gap == 0 and (following is None or following.block.gap > 0)
        told = close and item.shape == "furniture" and not furniture.is_imprint(item.text)
        if told and draft is not None and draft.is_notice and draft.is_unfinished:
            draft.take_apart([item])
        else:
            self._left.append(item)

    def _take_row(self, item: Item) -> None:
        """Take a line of a table, a list or verse, which belongs to the article that it stands in."""
        draft = self._open or self._turned_over(item)
        if draft is None:
            self._left.append(item)
            return
        draft.take_apart([item])
        draft.crossheads += [item] * shape.is_numeral(item.text)

    def _is_over(self, item: Item) -> bool:
        """Say whether the credit `item` behind a text stands over the next headline: that of a leader, 本报评论员."""
        following = self.item(self.at + 1)
        return following is not None and following.shape == "short" and runs.is_leader(item)

    def _take_credit(self, item: Item) -> None:
        draft = self._drafts[-1]
        if draft.is_letter and item.credit is not None and not item.credit.sure:
            item = replace(item, credit=bylines.signature(item.text, last=True) or item.credit)
        draft.credits.append(item)
        if unheaded.is_captions(item, draft):
            return
        following = self.next()
        draft.closed = bool(draft.body) and (
            self._style.ends_in_credit or following is None or following.shape != "prose"
        )

    def _take_image(self, item: Item) -> None:
        draft = self._open
        following = self.next()
        captioned = following is not None and (shape.is_caption(following.text) or unheaded.is_photo_credit(following))
        if draft is None or draft.closed:
            self._images.append(item)
        elif captioned or any(words or name in self._held for words, name in furniture.pictures(item.text)):
            draft.images.append(item)
        else:
            self._left.append(item)

    def _take_page(self, item: Item) -> None:
        self._left.append(item)
        if item.label and (item.label.page or item.label.section):
            self._sections.turn(item.label, inside=item.inside)
            self._fresh = self._fresh or not item.inside

    def _take_jump(self, item: Item) -> None:
        self._left.append(item)
        draft = self._drafts[-1] if self._drafts else None
        if item.onward and draft is not None:
            draft.onward.append(item.target or "")
            draft.closed = True
        elif not item.onward and draft is not None and not self._fresh and not draft.body:
            draft.comes_from = item.target
        elif not item.onward:
            self._from = item.target
            self._fresh = True
