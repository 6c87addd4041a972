"""Sections: under which page, section and collective heading the walk over an issue stands."""

from collections.abc import Sequence

from digest.parsing import collectives, labels, runs
from digest.parsing.collectives import Collective
from digest.parsing.drafts import Draft
from digest.parsing.furniture import PageLabel
from digest.parsing.items import Item
from digest.parsing.style import Style


class Sections:
    """The headings over the present place; `level` is the heading mark of articles, `taken` the headings met so far."""

    def __init__(self, first: PageLabel, level: int) -> None:
        self.page = first.page
        self.section = first.section
        self.collective: Collective | None = None
        self.taken: list[Item] = []
        self._level = level

    def turn(self, label: PageLabel, *, inside: bool) -> None:
        """Go on to the page that `label` names; `inside` says that a sentence goes on behind it."""
        self.page = label.page or self.page
        self.section = label.section
        if not inside:
            self.collective = None

    def is_listed(self, item: Item) -> bool:
        """Say whether the line `item` is an article of one line under the open heading, by the mark before it."""
        bullet = self.collective.bullet if self.collective else None
        return bullet is not None and item.shape in {"short", "row"} and item.text[0] == bullet

    def without_collective(self, run: list[Item], ahead: Sequence[Item]) -> list[Item]:
        """Return `run` without the headings at its front that stand over several articles; `ahead` follows it."""
        if run and self.collective and _ends(self.collective, run, ahead):
            self.collective = None
        while run:
            item, alone = run[0], len(run) == 1
            over = not alone and 0 < item.block.level < run[1].block.level and item.block.level < self._level
            if found := collectives.over(item, [*run[1:], *ahead], alone=alone):
                self.collective = found
                if item.block.level:
                    self.section = None
            elif over:
                self.collective, self.section = None, item.text
            else:
                break
            self.taken.append(run.pop(0))
        return run

    def draft(self, run: list[Item], style: Style, ahead: Sequence[Item] = ()) -> Draft:
        """Return an article under the headings `run` over `ahead`, its label and byline told from them."""
        draft = Draft(page=self.page, section=self.section)
        if self.collective is not None:
            draft.collective, draft.kind = self.collective.label, self.collective.kind
        elif label := runs.label_of(run, style, ahead):
            draft.label, run = label, run[1:]
        over = [draft.label] if draft.label and len(run) > 1 else []
        if byline := runs.byline_of([*over, *run]):
            draft.credits.append(byline)
            run = run[:-1]
        draft.heads = run
        return draft


def _ends(collective: Collective, run: Sequence[Item], ahead: Sequence[Item]) -> bool:
    """Say whether the headings `run` stand under the open collective heading no more."""
    notice = labels.is_notice(run[-1].text)
    if collective.apart:
        return run[0].block.gap > 0
    if collective.bullet or collective.bare or (notice and collective.kind != "notice"):
        return True
    dated = bool(ahead) and ahead[0].shape == "dated"
    return (dated and collective.kind != "brief") or (labels.label(run[0].text) is not None and not notice)
