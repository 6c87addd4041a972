"""Scenes that are cut off, or refused something, at many points; what each left behind, and what came of it then."""

import json
import os
import random
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults import invariants, scenes, tracing
from tests.faults.scenes import Scene
from tests.faults.tracing import Call

SEED = 9

LATER = 3.0
"""After how many hours the last look is taken: what was refused once is tried again by then."""

KILL = "KILL"
REFUSALS: dict[str, frozenset[str]] = {
    "ENOSPC": frozenset({"write", "pwrite64", "openat", "mkdir", "rename", "fsync", "ftruncate"}),
    "EIO": frozenset({"write", "pwrite64", "fsync", "fdatasync", "unlink"}),
    "EACCES": frozenset({"openat", "mkdir", "rename", "unlink", "rmdir", "chmod"}),
    "EMFILE": frozenset({"openat"}),
}
"""What a system may answer to a call instead of doing it, by errno."""


class Trial(NamedTuple):
    """What happens to a command at one of its calls: `KILL` right before it, or a refusal."""

    harm: str
    call: Call

    def __str__(self) -> str:
        return f"{self.harm} at {self.call}"


Chosen = Callable[[Sequence[Trial]], Sequence[Trial]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many kills and refusals there were, and every promise that was broken then."""

    kills: int
    refusals: int
    faults: list[str]

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(self.kills + other.kills, self.refusals + other.refusals, self.faults + other.faults)


def some(kills: int, refusals: int) -> Chosen:
    """Choose so many of each kind at random, with a seed."""

    def choose(trials: Sequence[Trial]) -> list[Trial]:
        chance = random.Random(SEED)
        chosen = []
        for most, kind in ((kills, {KILL}), (refusals, {*REFUSALS})):
            these = [one for one in trials if one.harm in kind]
            chosen += chance.sample(these, min(most, len(these)))
        return chosen

    return choose


def judge(scene: Scene, choose: Chosen = list) -> Verdict:
    """Lay a scene again and again, do one of the chosen harms to its command each time, and see what became of it."""
    return shared(lambda share: _judge(scene, choose, share))


def trials(calls: Sequence[Call], *, synced: bool = True) -> list[Trial]:
    """Return every harm that can be done at these calls, but one kill of those that leave the same behind.

    Of the writes to a database that follow each other only the last counts, where each commit is `synced`: before it,
    nothing is committed, and SQLite overlooks what is there. A kill at a call that leaves no trace is the one at the
    next that does.
    """
    found = []
    for call, then in zip(calls, [*calls[1:], None], strict=True):
        if not (synced and then and call.name == then.name == "pwrite64" and call.places[0] == then.places[0]):
            found += [Trial(KILL, call)] if call.leaves_a_trace else []
            found += [Trial(error, call) for error, names in REFUSALS.items() if call.name in names]
    return found


def _judge(scene: Scene, choose: Chosen, share: slice) -> Verdict:
    with scenes.room() as place:
        base, log = place / "office", place / "log"
        scene.lay(base)
        base = base.rename(place / "base")
        with scenes.copy_of(base) as folder:
            before = invariants.dropped(folder) if scene.keeps else Counter()
            calls = tracing.calls(scene.work(folder), folder, log)
            expected = _settled(scene, folder, before, log)
        assert isinstance(expected, dict), expected
        chosen = choose(trials(calls))[share]
        faults = []
        for trial in chosen:
            with scenes.copy_of(base) as folder:
                found = harm(scene, folder, trial, log) + invariants.unsound(folder, before) + scene.look(folder)
                if scene.always_clean and invariants.schema(folder) == expected["schema"]:
                    found += _looked_at(folder, log, "at once")
                after = _settled(scene, folder, before, log)
                found += after if isinstance(after, list) else invariants.differences(expected, after)
            faults += [f"{scene.name}, {trial}\n    {fault}" for fault in found]
    kills = sum(trial.harm == KILL for trial in chosen)
    return Verdict(kills, len(chosen) - kills, faults)


def harm(scene: Scene, folder: Path, trial: Trial, log: Path) -> list[str]:
    """Do it, and return what must not be in any case."""
    if trial.harm == KILL:
        return [] if tracing.killed(scene.work(folder), trial.call, log) else ["it did not come to that"]
    tracing.refused(scene.work(folder), trial.call, trial.harm, log)
    said = log.with_suffix(".out").read_text("utf-8")
    return [f"a defect: {said[-600:]!r}"] if "Traceback" in said else []


def _settled(scene: Scene, folder: Path, before: Counter[bytes], log: Path) -> dict[str, Any] | list[str]:
    """Start again, when all that was put off is due; return what there is then, or else what is wrong.

    A person repeats a command that was cut off, and is told if it was done.
    """
    if not scene.is_pass:
        tracing.completed(scene.work(folder), log)
    if code := tracing.completed(scene.work(folder, "once", hours=LATER), log):
        return [f"the next start ends with {code}: {log.with_suffix('.out').read_text('utf-8')[-300:]!r}"]
    found = invariants.unsound(folder, before) + _looked_at(folder, log, "in the end", "verify")
    found += scene.look(folder)
    return found or invariants.facts(folder)


def _looked_at(folder: Path, log: Path, when: str, *command: str) -> list[str]:
    """Return what `digest verify` has to say, as for an idle office if it is a command, else as for one at work."""
    work = Scene("", scenes.nothing).work(folder, *command) if command else lambda: invariants.verified(folder)
    if tracing.completed(work, log) == 0:
        return []
    return [f"verify {when}: {log.with_suffix('.out').read_text('utf-8')[:300]!r}"]


def shared(work: Callable[[slice], Verdict]) -> Verdict:
    """Share work out to as many processes as there are processors."""
    scenes.warm_up()
    many = len(os.sched_getaffinity(0))
    running = [_begin(work, slice(n, None, many)) for n in range(many)]
    verdict = Verdict(0, 0, [])
    for pid, answer in running:
        with os.fdopen(answer, "rb") as said:
            told = said.read()
        os.waitpid(pid, 0)
        found = json.loads(told)
        assert "broken" not in found, found["broken"]
        verdict += Verdict(**found)
    return verdict


def _begin(work: Callable[[slice], Verdict], share: slice) -> tuple[int, int]:
    receiving, sending = os.pipe()
    pid = os.fork()
    if pid:
        os.close(sending)
        return pid, receiving
    try:
        scenes.hasten()
        verdict = work(share)
        told = asdict(verdict)
    except BaseException:  # noqa: BLE001 -- whatever it is, this process must not go on as another pytest
        told = {"broken": traceback.format_exc()}
    with os.fdopen(sending, "w") as answer:
        json.dump(told, answer)
    os._exit(0)
