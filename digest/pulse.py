"""What the running service knows of itself and no row tells: whether its work gets on, what fails, a clock that was set."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

TRIES, FAILING_SECONDS = 3, 600.0
"""A step has failed again and again that has failed so often, and for so long, without once succeeding."""

JUMP_SECONDS = 3600.0
"""For how long it is told that the clock was set."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """The service at a moment. Times are in seconds by the monotonic clock, None where it has not happened.

    `up` is how long it has been there, `scanned` how long ago the inbox was last looked through to its end, `alive` how
    long ago work got on at all. `failing` are the steps that fail again and again, each with its last words; `jumped` is by how many seconds
    the clock was set last, within the hour.
    """

    up: float
    scanned: float | None
    alive: float
    failing: Mapping[str, str]
    jumped: float | None


@dataclass(slots=True)
class _Failures:
    since: float
    words: str = ""
    kinds: Counter[str] = field(default_factory=Counter)


class Pulse:
    """Takes note of what happens in one service; `clock` is monotonic, in seconds. Safe in threads.

    Each step is noted by the one thread that takes it; a reader may be one note late.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin: the service is alive."""
        self._clock = clock
        self._begun = self._alive = clock()
        self._scanned: float | None = None
        self._failures: dict[str, _Failures] = {}
        self._jump: tuple[float, float] | None = None

    def beat(self) -> None:
        """Note that work gets on: a file was taken in, an issue was written."""
        self._alive = self._clock()

    def scan(self) -> None:
        """Note that the inbox was looked through to its end."""
        self._scanned = self._alive = self._clock()

    def rest(self) -> None:
        """Note that another service looks through the inbox, and this one has only to be there."""
        self.scan()

    def succeed(self, step: str) -> None:
        """Note that a step has succeeded."""
        self._failures.pop(step, None)

    def fail(self, step: str, words: str, kind: str = "") -> int:
        """Note that a step has failed, and why; return how often it has failed in this way, or 0.

        It is 0 where that is no news: of a step that fails every two seconds, the first failure, the second, the fourth and
        so on are enough to know.
        """
        failures = self._failures.setdefault(step, _Failures(self._clock()))
        failures.words = words
        failures.kinds[kind] += 1
        times = failures.kinds[kind]
        return times if times.bit_count() == 1 else 0

    def jump(self, seconds: float) -> None:
        """Note that the clock of the wall was set, forward or back by so many seconds."""
        self._jump = self._clock(), seconds

    def vitals(self) -> Vitals:
        """Return what has been noted."""
        now = self._clock()
        failing = {
            step: one.words
            for step, one in self._failures.copy().items()
            if one.kinds.total() >= TRIES and now - one.since >= FAILING_SECONDS
        }
        jump = self._jump
        return Vitals(
            up=now - self._begun,
            scanned=None if self._scanned is None else now - self._scanned,
            alive=now - self._alive,
            failing=failing,
            jumped=jump[1] if jump and now - jump[0] < JUMP_SECONDS else None,
        )
