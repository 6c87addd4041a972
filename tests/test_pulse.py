"""What the service knows of itself, by a clock that nobody sets."""

from digest.pulse import JUMP_SECONDS, Pulse


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_service_that_has_begun_has_looked_at_nothing_yet() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    clock.now += 5
    vitals = pulse.vitals()
    assert (vitals.up, vitals.scanned, vitals.alive) == (5, None, 5)


def test_work_that_gets_on_is_no_whole_scan() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.scan()
    clock.now += 60
    pulse.beat()
    clock.now += 1
    assert (pulse.vitals().scanned, pulse.vitals().alive) == (61, 1)


def test_a_step_fails_again_and_again_when_it_has_for_ten_minutes() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    for n in range(300):
        pulse.fail("ingest", f"no room {n}")
        assert pulse.vitals().failing == {}
        clock.now += 2
    pulse.fail("ingest", "no room")
    assert pulse.vitals().failing == {"ingest": "no room"}
    pulse.succeed("ingest")
    pulse.fail("ingest", "no room")
    assert pulse.vitals().failing == {}


def test_of_many_failures_of_a_kind_fewer_and_fewer_are_news() -> None:
    pulse = Pulse(Clock())
    assert [pulse.fail("ingest", "", kind) for kind in "aaaaababaaa"] == [1, 2, 0, 4, 0, 1, 0, 2, 0, 8, 0]
    pulse.succeed("ingest")
    assert pulse.fail("ingest", "", "a") == 1


def test_one_failure_is_not_made_many_by_waiting() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.fail("housekeeping", "locked")
    clock.now += 86_400
    pulse.fail("housekeeping", "locked")
    assert pulse.vitals().failing == {}


def test_that_the_clock_was_set_is_known_for_an_hour() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.jump(-7200)
    assert pulse.vitals().jumped == -7200
    clock.now += JUMP_SECONDS
    assert pulse.vitals().jumped is None
