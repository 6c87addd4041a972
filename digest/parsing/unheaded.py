"""Unheaded: texts over which no heading stands, where an article begins or goes on all the same."""

from collections.abc import Sequence

from digest.parsing import shape
from digest.parsing.collectives import BULLETS, Collective
from digest.parsing.drafts import Draft
from digest.parsing.items import Item


def starts(draft: Draft, item: Item, ahead: Sequence[Item], collective: Collective | None) -> bool:
    """Say whether the text `item` begins an article of its own, and belongs to `draft`, the open one, no more.

    `ahead` are the items behind it, `collective` is the heading over several articles that it stands under.
    """
    if not draft.body:
        return False
    if collective is not None and collective.begins(item):
        return True
    listed = draft.body[-1].shape == "row" and shape.is_caption(item.text)
    if (listed or (collective is not None and collective.bullet)) and _stands_apart(item, ahead):
        return True
    if (draft.closed or draft.is_credited) and _is_photo_report(item, ahead):
        return True
    return item.shape == "dated" and (draft.closed or draft.body[0].shape == "dated")


def goes_on(draft: Draft, item: Item, following: Item | None) -> bool:
    """Say whether `draft` goes on in the text `item` behind a boundary: it is unfinished, and nothing begins there."""
    photo = following is not None and is_photo_credit(following)
    return draft.is_unfinished and item.shape != "dated" and not photo


def is_photo_credit(item: Item) -> bool:
    """Say whether `item` names a photographer."""
    return item.credit is not None and item.credit.photo


def _stands_apart(item: Item, ahead: Sequence[Item]) -> bool:
    """Say whether the text `item` behind a list is a picture's: set apart from the list, with its own credit."""
    return item.block.gap > 0 and any(map(is_photo_credit, ahead[:1])) and item.text[0] not in BULLETS


def _is_photo_report(item: Item, ahead: Sequence[Item]) -> bool:
    """Say whether the text `item` and the photographer's credit behind it are an article: no text follows them."""
    if not ahead or not is_photo_credit(ahead[0]) or shape.is_caption(item.text):
        return False
    return len(ahead) == 1 or ahead[1].shape != "prose"
