"""Judge: what speaks for a new article at one place of an issue, gathered from the items on both sides of it."""

from collections.abc import Sequence

from digest.parsing import evidence, labels, runs, shape
from digest.parsing.cohesion import Cohesion
from digest.parsing.drafts import Draft
from digest.parsing.items import Item
from digest.parsing.joins import Words
from digest.parsing.style import style

_OTHER = 1.5
"""Cohesion below which a text that a picture goes with belongs to no article above it."""

_DOUBTED = 2
"""Evidence of an article whose heading could be the first words of its text."""

_NEAR = 6
"""So many texts on either side of a heading are compared."""


class Judge:
    """Knows an issue's items, its words and its habits."""

    def __init__(self, items: Sequence[Item], words: Words, *, cut: bool) -> None:
        self._items = items
        self._words = words
        self._cohesion = Cohesion([item.text for item in items])
        self.style = style(items, self._cohesion, cut=cut)

    def flows(self, run: Sequence[Item], following: Item) -> bool:
        """Say whether the last of `run` seems to go on in what follows."""
        return bool(run) and self._words.flows(run[-1].text, following.text)

    def score(self, at: int, run: Sequence[Item], credited: Sequence[Item], draft: Draft, *, collected: bool) -> int:
        """Return the evidence that a new article begins with the headings `run`, behind which item `at` stands.

        `credited` are the credits from there on, a text is behind them. `draft` is the open article, `collected` says
        that a heading over several articles stands above.
        """
        following = self._items[at + len(credited)]
        if (
            not draft.heads
            and not draft.label
            and draft.body
            and runs.label_of(run, self.style, self._items[at : at + _NEAR])
        ):
            return evidence.CERTAIN
        collected = collected or bool(run and labels.kind(run[0].text) in {"brief", "letter"})
        sure = draft.closed or evidence.is_sure(credited, following)
        before = self._open(at, run, draft, sure=sure, collected=collected)
        if collected and before.finished and not (before.flows or before.parallel):
            return evidence.CERTAIN
        return evidence.of_run(run, credited, following, self.style, before)

    def doubted(self, score: int, run: Sequence[Item], ahead: Sequence[Item]) -> int:
        """Return the evidence `score` for an article under `run`, less where that could be the beginning of a cut text."""
        alone = len(run) == 1 and not run[0].block.level and [item.shape for item in ahead[:1]] == ["prose"]
        return min(score, _DOUBTED) if self.style.cut and alone else score

    def is_other(self, draft: Draft, item: Item) -> bool:
        """Say whether the text `item` shares next to nothing with the article `draft`."""
        texts = [one.text for one in (*draft.heads, *draft.body[:2], *draft.body[-_NEAR:])]
        return self._cohesion.of(texts, [item.text]) < _OTHER

    def _open(self, at: int, run: Sequence[Item], draft: Draft, *, sure: bool, collected: bool) -> evidence.Open:
        """Return what is known of `draft`; nobody asks how a `sure` boundary fits the text, unless it is `collected`."""
        ahead = [] if sure else self._texts_ahead(at)
        asked = collected or not sure
        near = (*draft.heads, *draft.body[:2], *draft.body[-_NEAR:])
        return evidence.Open(
            closed=draft.closed,
            finished=not draft.body or draft.body[-1].shape == "row" or shape.ends_sentence(draft.body[-1].text),
            level=max((item.block.level for item in draft.heads), default=0),
            crossheads=len(draft.crossheads),
            parallel=asked and len(run) == 1 and self._has_parallel(at, run[0], draft),
            cohesion=0.0 if sure else self._cohesion.of([item.text for item in near], ahead),
            ahead=sum(map(shape.width, ahead)),
            flows=asked and self.flows(run, self._items[at]),
        )

    def _has_parallel(self, at: int, line: Item, draft: Draft) -> bool:
        """Say whether a line of the form of `line` stands in the open article, or ahead with nothing sure between."""
        form = evidence.form(line.text)
        if form is None and len(line.text) > evidence.LONGEST_ALIKE:
            return False
        ahead: list[Item] = []
        for item in self._items[at : at + 2 * _NEAR]:
            if item.shape not in {"short", "prose", "row", "image"} or item.block.level != line.block.level:
                break
            ahead.append(item)
        near = (*ahead, *draft.body[-2 * _NEAR :])
        return any(
            (form is not None and evidence.form(item.text) == form) or evidence.is_alike(item.text, line.text)
            for item in near
            if item.shape == "short"
        )

    def _texts_ahead(self, at: int) -> list[str]:
        """Return the texts up to the next line that could be a heading."""
        ahead: list[str] = []
        for item in self._items[at : at + 2 * _NEAR]:
            if item.is_text:
                ahead.append(item.text)
            elif ahead:
                break
        return ahead
