"""What became of an office that was at work: every file, and every letter."""

import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import app, config, pipeline
from digest.pace import Pace
from tests.faults import invariants, tracing
from tests.faults.living import Living, issue
from tests.faults.scenes import Scene, nothing

AWAY = {"failed", "uncertain", "cancelled"}
"""What the office says of a letter that nobody has: who had mail returned three times is sent no more."""


def settled(office: Living) -> list[str]:
    """Let a last issue come, send whatever can be sent, and tell what is wrong."""
    office.issues += 1
    office.put(issue(office.issues, 100))
    log = office.folder.parent / "settled"
    ended = tracing.completed(lambda: _settle(office.folder), log) or tracing.completed(
        Scene("", nothing).work(office.folder, "verify"), log
    )
    found = [f"in the end: {log.with_suffix('.out').read_text('utf-8')[-600:]}"] if ended else []
    return [*sorted(office.wrong), *found, *_lost(office), *_missed(office)]


def _settle(folder: Path) -> int:
    settings = config.load(folder / "config.yaml")
    now = datetime.now(UTC)
    with app.open_service(settings, {}, now) as works:
        unhurried = replace(works, pace=Pace(None, None, time.monotonic))
        for _ in range(30):
            pipeline.ingest(unhurried, now)
            pipeline.publish(unhurried, now)
            pipeline.compose(unhurried, now)
            while pipeline.deliver(unhurried, now):
                pass
            now += timedelta(hours=1)
    return 0


def _lost(office: Living) -> list[str]:
    """Tell which files did not become what they should."""
    found = invariants.unsound(office.folder, office.dropped)
    counts = {
        'SELECT count(*) FROM "drop"': office.dropped.total(),
        "SELECT count(*) FROM issue WHERE rev = published_rev": office.issues,
        "SELECT count(*) FROM issue": office.issues,
    }
    with closing(sqlite3.connect(office.folder / "data/digest.db")) as raw:
        for query, expected in counts.items():
            (counted,) = raw.execute(query).fetchone()
            found += [] if counted == expected else [f"{query}: {counted}, not {expected}"]
    return found


def _missed(office: Living) -> list[str]:
    """Tell whose letters came twice although each was answered, or stayed away although the office says nothing.

    What a form has asked for is no letter: after a kill it may come twice, which is better than never.
    """
    sent = "SELECT message_id, state FROM delivery"
    told = "SELECT message_id, state FROM notice"
    behind = """SELECT email, sent_through FROM subscription JOIN subscriber ON subscriber.id = subscriber_id
        WHERE cadence = 'issue' AND subscriber.state = 'active' AND sent_through < (SELECT max(sequence) FROM article)"""
    with closing(sqlite3.connect(office.folder / "data/digest.db")) as raw:
        letters, notices = (dict(raw.execute(query).fetchall()) for query in (sent, told))
        found = [f"{email} has news up to {through} only" for email, through in raw.execute(behind)]
    taken = Counter(message for _, message in office.server.taken)
    unanswered = Counter(message for _, message in office.server.unanswered)
    found += [f"{one} came {taken[one]} times" for one in letters if taken[one] > 1 + unanswered[one]]
    found += [
        f"{one} stayed away, and is {state}" for one, state in letters.items() if not taken[one] and state not in AWAY
    ]
    return found + [
        f"{one} stayed away, and is {state}" for one, state in notices.items() if not taken[one] and state != "failed"
    ]
