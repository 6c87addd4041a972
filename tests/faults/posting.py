"""Letters that are cut off on their way, or refused something: who got them, and what the office says of it."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.faults import judging, scenes, tracing
from tests.faults.judging import KILL, Chosen, Trial, Verdict
from tests.faults.scenes import Plant, Scene
from tests.faulty import Faulty

READERS = 3


def judge(choose: Chosen = list, plant: Plant | None = None) -> Verdict:
    """Send a letter to a few readers again and again, do one of the chosen harms each time, and see who has it then."""
    return judging.shared(lambda share: _judge(choose, plant, share))


def _judge(choose: Chosen, plant: Plant | None, share: slice) -> Verdict:
    with Faulty() as server, scenes.room() as place:
        scene = Scene("letters", scenes.letters(server.port, READERS), plant=plant)
        base, log = place / "office", place / "log"
        scene.lay(base)
        base = base.rename(place / "base")
        with scenes.copy_of(base) as folder:
            calls = tracing.calls(scene.work(folder), folder, log)
        assert len(server.taken) == READERS + 1, server.taken  # the editor has a receipt
        chosen: Sequence[Trial] = choose(judging.trials(calls, synced=False))[share]
        faults = []
        for trial in chosen:
            server.taken.clear()
            with scenes.copy_of(base) as folder:
                found = judging.harm(scene, folder, trial, log)
                if code := tracing.completed(scene.work(folder, "once", hours=judging.LATER), log):
                    found.append(
                        f"the next start ends with {code}: {log.with_suffix('.out').read_text('utf-8')[-300:]!r}"
                    )
                found += _wrong(folder, Counter(recipient for recipient, _ in server.taken))
            faults += [f"{scene.name}, {trial}\n    {fault}" for fault in found]
    kills = sum(trial.harm == KILL for trial in chosen)
    return Verdict(kills, len(chosen) - kills, faults)


def _wrong(folder: Path, taken: Counter[str]) -> list[str]:
    """Return whose letter came twice, or not at all although the office does not say so."""
    query = "SELECT email, delivery.state FROM delivery JOIN subscriber ON subscriber.id = subscriber_id"
    with closing(sqlite3.connect(folder / "data/digest.db")) as raw:
        states: dict[str, str] = dict(raw.execute(query).fetchall())
    found = [f"{len(states)} deliveries for {READERS} readers"] if len(states) != READERS else []
    for email, state in states.items():
        if taken[email] > 1:
            found.append(f"{email} has it {taken[email]} times")
        if state not in {"sent", "uncertain"} or (state == "sent" and not taken[email]):
            found.append(f"{email} has it {taken[email]} times, and the office says: {state}")
    if sum(state == "uncertain" for state in states.values()) > 1:
        found.append(f"one was on its way, and the office says: {states}")
    return found
