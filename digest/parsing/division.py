"""Division: the walk over an issue's items that gives each its article, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.parsing import bylines, evidence, furniture, labels, shape
from digest.parsing.drafts import Draft, is_sign_off, signed
from digest.parsing.furniture import PageLabel
from digest.parsing.items import Item
from digest.parsing.joins import Words
from digest.parsing.style import style

_MOST_HEADS = 5
_BULLETS = "●▲■◆★◇○△▶•【"


@dataclass(frozen=True, slots=True)
class Division:
    """The articles of an issue, the headings over several of them, and what stands in none."""

    drafts: list[Draft]
    labels: list[Item]
    left_over: list[Item]


def divided(items: Sequence[Item], words: Words, first: PageLabel | None = None) -> Division:
    """Return `items` as articles in print order, and the rest; `first` is the page that the masthead names."""
    divider = _Divider(items, words, first or PageLabel(None, None))
    while divider.at < len(items):
        divider.step()
    return divider.division()


class _Divider:
    """The walk over the items. `fresh` says that something has just ended the article before."""

    def __init__(self, items: Sequence[Item], words: Words, first: PageLabel) -> None:
        self.at = 0
        self._items = list(items)
        self._words = words
        self._style = style(items)
        self._drafts: list[Draft] = []
        self._labels: list[Item] = []
        self._left: list[Item] = []
        self._fresh = True
        self._page = first.page
        self._section = first.section
        self._collective: Item | None = None
        self._from: str | None = None
        self._images: list[Item] = []

    def step(self) -> None:
        """Take the next item, or the next run of headings."""
        item = self._items[self.at]
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
            case "image":
                self._take_image(item)
            case "contents" | "advertisement":
                self._left.append(item)
                self._fresh = True
            case _:
                self._left.append(item)

    def division(self) -> Division:
        """Return the articles, and what stands in none, in order."""
        whole = [draft for draft in self._drafts if draft.body]
        empty = [item for d in self._drafts if not d.body for item in (*d.heads, *d.credits, *d.images, *_label(d))]
        left = sorted([*self._left, *self._images, *empty], key=lambda item: item.block.line)
        return Division(whole, self._labels, left)

    @property
    def _open(self) -> Draft | None:
        """The article that is being read, None at a boundary."""
        return self._drafts[-1] if self._drafts and not self._fresh else None

    def _next(self) -> Item | None:
        return self._items[self.at] if self.at < len(self._items) else None

    def _take_run(self) -> None:
        """Take a run of short items: the headings of a new article, crossheads, or what stands by itself."""
        end = self._heads_end()
        body = self._after(end, "credit")
        run, credited = list(self._items[self.at : end]), list(self._items[end:body])
        following = self._items[body] if body < len(self._items) else None
        self.at = end
        if credited and following is not None and following.shape == "short":
            if self._ends_in(run, credited):
                return
            self._items[body] = following = replace(following, shape="prose")
        run = self._without_signature(run, following)
        if self._signs_off(run, following):
            return
        if following is None or not (following.is_text or following.shape in {"image", "jump"}):
            self._take_unfollowed(run or credited)
            self.at = end if run else body
            return
        score = self._evidence(run, credited, following)
        if score < 1 and run:
            self._take_crossheads(run, following)
        elif run or credited:
            self.at = body
            self._begin(run, score)
            self._drafts[-1].credits += credited

    def _heads_end(self) -> int:
        """Return where the headings at the present place end; a sentence of several clauses under one is text."""
        end = self._after(self.at, "short")
        for at in range(self.at + 1, end):
            item = self._items[at]
            marked = self._items[at - 1].block.level > 0 or "，" in item.text
            if marked and not item.block.level and shape.ends_sentence(item.text):
                self._items[at] = replace(item, shape="prose")
                return at
        return end

    def _after(self, at: int, kind: str) -> int:
        """Return where the items of one shape that begin at `at` end."""
        while at < len(self._items) and self._items[at].shape == kind:
            at += 1
        return at

    def _evidence(self, run: list[Item], credited: list[Item], following: Item) -> int:
        draft = self._open
        if draft is None:
            return evidence.CERTAIN
        level = max((item.block.level for item in draft.heads), default=0)
        flows = bool(run) and self._words.flows(run[-1].text, following.text)
        score = evidence.of_run(run, credited, following, self._style, closed=draft.closed, level=level, flows=flows)
        return score + 2 * (self._collective is not None)

    def _begin(self, run: list[Item], score: int) -> None:
        """Begin an article under the headings `run`."""
        run = self._without_collective(run)
        self._left += run[:-_MOST_HEADS]
        run = run[-_MOST_HEADS:]
        draft = Draft(page=self._page, section=self._section, evidence=score, comes_from=self._from)
        self._from = None
        if self._collective is not None:
            draft.collective = labels.label(self._collective.text)
            draft.kind = labels.kind(self._collective.text)
        elif run and labels.label(run[0].text) and (len(run) > 1 or labels.kind(run[0].text) == "photo"):
            draft.label = run.pop(0)
        draft.heads = run
        self._left += self._images
        self._images = []
        self._drafts.append(draft)
        self._fresh = False

    def _without_collective(self, run: list[Item]) -> list[Item]:
        """Return `run` without the headings at its front that stand over several articles: letters, a section's name."""
        while run:
            item, alone = run[0], len(run) == 1
            over = not alone and 0 < item.block.level < run[1].block.level and item.block.level < self._style.level
            if labels.kind(item.text) in {"letter", "brief"} or (labels.kind(item.text) == "notice" and not alone):
                self._collective = item
                if item.block.level:
                    self._section = None
            elif over:
                self._collective, self._section = None, item.text
            else:
                break
            self._labels.append(run.pop(0))
        if len(run) > 1 and labels.label(run[0].text):
            self._collective = None
        return run

    def _without_signature(self, run: list[Item], following: Item | None) -> list[Item]:
        """Return `run` without the signature at its front, which ends the open letter."""
        draft = self._open
        last = len(run) > 1 or following is None or not following.is_text
        signature = signed(draft, run[0], last=last) if draft and run else None
        if draft is None or signature is None:
            return run
        draft.credits.append(signature)
        draft.closed = True
        return run[1:]

    def _signs_off(self, run: list[Item], following: Item | None) -> bool:
        """Take the lines that sign the open article. False where they do not."""
        draft = self._open
        if draft is None or not draft.is_unfinished or len(run) > 3:
            return False
        lines = list(run)
        if following is not None and following.shape == "furniture" and following is self._next():
            lines.append(following)
        if not is_sign_off(lines):
            return False
        self.at += len(lines) - len(run)
        draft.body += lines
        draft.apart += lines
        draft.closed = True
        return True

    def _ends_in(self, run: list[Item], credited: list[Item]) -> bool:
        """Take `run` as the last words of the open article, which the credits close. False where they head another."""
        draft = self._open
        photo = any(map(_is_photo_credit, credited))
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
        crossheads = [item for item in run if item.block.level or not evidence.is_fragment(item.text)]
        if crossheads and not run[-1].block.level and self._words.flows(run[-1].text, following.text):
            crossheads = [item for item in crossheads if item is not run[-1]]
        draft.crossheads += crossheads
        draft.apart += crossheads

    def _take_unfollowed(self, run: list[Item]) -> None:
        """Take short items that no text follows: a section's name, or a slogan."""
        self._left += run
        self._fresh = self._fresh or bool(run)

    def _take_text(self, item: Item) -> None:
        draft = self._open or self._turned_over(item)
        if draft is None or self._starts_unheaded(draft, item):
            images, self._images = self._images, []
            self._begin([], 2)
            self._drafts[-1].images += images
        self._drafts[-1].body.append(item)

    def _turned_over(self, item: Item) -> Draft | None:
        """Return the article that goes on behind a boundary, where a text without headings or dateline stands there."""
        draft, following = self._drafts[-1] if self._drafts else None, self._next()
        if draft is None or not draft.is_unfinished or self._from is not None or item.shape == "dated":
            return None
        if following is not None and _is_photo_credit(following):
            return None
        self._fresh = False
        return draft

    def _starts_unheaded(self, draft: Draft, item: Item) -> bool:
        """Say whether the text `item` begins an article of its own, without any heading."""
        if not draft.body:
            return False
        if draft.kind == "brief" and (item.shape == "dated" or item.text[0] in _BULLETS):
            return True
        following = self._next()
        if draft.closed and following is not None and _is_photo_credit(following):
            return True
        return item.shape == "dated" and (draft.closed or draft.body[0].shape == "dated")

    def _take_credit(self, item: Item) -> None:
        draft = self._drafts[-1]
        if draft.is_letter and item.credit is not None and not item.credit.sure:
            item = replace(item, credit=bylines.signature(item.text, last=True) or item.credit)
        draft.credits.append(item)
        following = self._next()
        draft.closed = bool(draft.body) and (
            self._style.ends_in_credit or following is None or following.shape != "prose"
        )

    def _take_image(self, item: Item) -> None:
        draft = self._open
        following = self._next()
        captioned = following is not None and (shape.is_caption(following.text) or _is_photo_credit(following))
        if draft is None or draft.closed:
            self._images.append(item)
        elif captioned or any(words for words, _ in furniture.pictures(item.text)):
            draft.images.append(item)
        else:
            self._left.append(item)

    def _take_page(self, item: Item) -> None:
        self._left.append(item)
        if item.label and (item.label.page or item.label.section):
            self._page = item.label.page or self._page
            self._section = item.label.section
            if not item.inside:
                self._collective = None
                self._fresh = True

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


def _is_photo_credit(item: Item) -> bool:
    return item.credit is not None and item.credit.photo


def _label(draft: Draft) -> tuple[Item, ...]:
    return (draft.label,) if draft.label else ()
