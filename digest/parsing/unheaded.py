"""Unheaded: texts over which no heading stands, where an article begins or goes on all the same."""

import re
from collections.abc import Callable, Sequence

from digest.parsing import shape
from digest.parsing.collectives import BULLETS, Collective
from digest.parsing.drafts import Draft
from digest.parsing.items import Item
from digest.text import has_han

_DAY = re.compile("(?:上|本|这个?|這個?)(?:星期|[周週]|[礼禮]拜)[一二三四五六日天末]|[昨今前][天日]|日前|近日")
"""A day that is told without its date."""


def starts(
    draft: Draft, item: Item, ahead: Sequence[Item], collective: Collective | None, is_other: Callable[[], bool]
) -> bool:
    """Say whether the text `item` begins an article of its own, and belongs to `draft`, the open one, no more.

    `ahead` are the items behind it, `collective` is the heading over several articles that it stands under, `is_other`
    tells whether the text speaks of another matter than `draft`.
    """
    if not draft.body:
        return False
    if collective is not None and collective.begins(item):
        return True
    listed = draft.body[-1].shape == "row" and shape.is_caption(item.text)
    if (listed or (collective is not None and collective.bullet)) and _stands_apart(item, ahead):
        return True
    if _is_of_picture(draft, item, ahead, is_other):
        return True
    return item.shape == "dated" and (draft.closed or draft.body[0].shape == "dated")


def goes_on(draft: Draft, item: Item, following: Item | None) -> bool:
    """Say whether `draft` goes on in the text `item` behind a boundary: it is unfinished, and nothing begins there."""
    photo = following is not None and is_photo_credit(following)
    return draft.is_unfinished and item.shape != "dated" and not photo


def is_photo_credit(item: Item) -> bool:
    """Say whether `item` names a photographer."""
    return item.credit is not None and item.credit.photo


def is_captions(item: Item, draft: Draft) -> bool:
    """Say whether the credit `item` is that of a caption, on the caption's own line, and ends no article."""
    last = draft.body[-1] if len(draft.body) > 1 else None
    if last is None or not is_photo_credit(item) or last.block.line != item.block.line:
        return False
    return shape.is_caption(last.text) or not has_han(last.text)


def _stands_apart(item: Item, ahead: Sequence[Item]) -> bool:
    """Say whether the text `item` behind a list is a picture's: set apart from the list, with its own credit."""
    return item.block.gap > 0 and any(map(is_photo_credit, ahead[:1])) and item.text[0] not in BULLETS


def _is_of_picture(draft: Draft, item: Item, ahead: Sequence[Item], is_other: Callable[[], bool]) -> bool:
    """Say whether the text `item` is a photo report behind `draft`, and no part of it.

    One of two paragraphs begins with a day. Where nobody else has been credited, or in English, where captions stand
    so too, it must speak of another matter.
    """
    if not any(map(is_photo_credit, ahead[:2])):
        return False
    ended = draft.closed or draft.is_credited
    if ended and has_han(item.text) and _is_photo_report(item, ahead):
        return True
    if not (draft.is_finished and (ended or draft.body[0].shape == "dated")):
        return False
    last, behind = item, ahead
    if len(ahead) > 1 and ahead[0].shape == "prose" and (item.opening or _DAY.match(item.text)):
        last, behind = ahead[0], ahead[1:]
    return _is_photo_report(last, behind) and is_other()


def _is_photo_report(item: Item, ahead: Sequence[Item]) -> bool:
    """Say whether the text `item` and the photographer's credit behind it are an article: no text follows them."""
    if not ahead or not is_photo_credit(ahead[0]) or "文" in ahead[0].text or shape.is_caption(item.text):
        return False
    return len(ahead) == 1 or ahead[1].shape != "prose"
