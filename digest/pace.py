"""How fast messages go: in all, to one domain, and when a domain has had enough for a while."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from digest import timing

ENOUGH = 10
"""After so many passing refusals in a row a domain is left alone. Not much sooner: who greylists refuses everybody once."""


class Pace:
    """Keeps count for one service; `clock` is monotonic, in seconds. Not safe in threads: its user locks."""

    def __init__(self, per_second: float | None, per_domain_second: float | None, clock: Callable[[], float]) -> None:
        """Let at most so many messages go a second; None for any number."""
        self.clock = clock
        self._gap = 1 / per_second if per_second else 0.0
        self._domain_gap = 1 / per_domain_second if per_domain_second else 0.0
        self._next = 0.0
        self._next_to: dict[str, float] = {}
        self._refusals: Counter[str] = Counter()
        self._pauses: Counter[str] = Counter()

    def wait(self, domain: str) -> float:
        """Return for how many seconds no message may go to a domain."""
        return max(0.0, max(self._next, self._next_to.get(domain, 0.0)) - self.clock())

    def take(self, domain: str) -> None:
        """Count a message that goes."""
        now = self.clock()
        if self._gap:
            self._next = now + self._gap
        if self._domain_gap:
            self._next_to[domain] = now + self._domain_gap

    def accepted(self, domain: str) -> None:
        """Count a message that was taken: all is well with the domain."""
        self._refusals.pop(domain, None)
        self._pauses.pop(domain, None)

    def refused(self, domain: str, *, throttled: bool) -> timedelta | None:
        """Count a passing refusal; return for how long to leave the domain alone, the longer the more often it was."""
        self._refusals[domain] += 1
        if not throttled and self._refusals[domain] < ENOUGH:
            return None
        self._refusals.pop(domain)
        self._pauses[domain] += 1
        return timing.retry_after(self._pauses[domain] + 2)
