"""The hub on its way to know: what has changed, told again until it listens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from digest import hub, timing
from digest.errors import DigestError
from digest.store import database, pings
from digest.works import Works

PATIENCE = timedelta(days=1)
"""After how long a ping is given up: readers have polled by then."""


class Pinged(NamedTuple):
    """How many changes the hub has taken, and what it said, or the network, where it did not."""

    told: int
    problems: list[str]


def ping(works: Works, now: datetime, go_on: Callable[[], bool] = lambda: True) -> Pinged:
    """Tell the hub of every change of a feed of which it does not know yet, as long as `go_on` says so.

    A ping that fails waits for another try and keeps no other. Whatever becomes of them, the feeds are out.
    """
    done = Pinged(0, [])
    where = works.settings.feeds.hub
    if where is None:
        return done
    with database.reading(works.engine) as store:
        due = pings.due(store, now)
    for one in due:
        if not go_on():
            break
        try:
            hub.ping(where, one.url)
        except DigestError as error:
            done.problems.append(works.messages.of(error.code, error.facts))
            tries = one.attempts + 1
            state = "failed" if timing.is_given_up(one.created_at, tries, now, PATIENCE) else "pending"
            again = now + timing.retry_after(tries)
            with database.writing(works.engine) as store:
                pings.settle(store, one, state, again=again, error=done.problems[-1])
        else:
            done = done._replace(told=done.told + 1)
            with database.writing(works.engine) as store:
                pings.settle(store, one, "sent")
    return done
