"""Of two services of a cluster one has the clock, as long as its session with the database lasts."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from digest import app
from digest.scheduler import Scheduler
from digest.succession import Succession
from digest.works import Works
from tests.postgres import Server
from tests.works import NOW, settings_in

PATIENCE = 30.0


class Clock(Scheduler):
    """A clock that only tells whether it runs."""

    def __init__(self, works: Works, running: list["Clock"]) -> None:
        self.works, self._running = works, running

    def start(self) -> None:
        self._running.append(self)

    def stop(self) -> None:
        self._running.remove(self)


class Service:
    """A service that has the clock, or stands by."""

    def __init__(self, works: Works) -> None:
        self.works, self.running = replace(works, stopping=threading.Event()), list[Clock]()
        self.succession = Succession(self.works, lambda works: Clock(works, self.running))
        self.succession.start()


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.url()


@pytest.fixture
def services(tmp_path: Path, url: str) -> Iterator[list[Service]]:
    with app.open_member(settings_in(tmp_path, database=url, engine="cluster"), {}, NOW) as works:
        first = Service(works)
        until(lambda: first.running)
        both = [first, Service(works)]
        yield both
        for service in both:
            service.succession.stop()
            assert service.running == []


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_second_stands_by_and_takes_over(services: list[Service]) -> None:
    first, second = services
    until(lambda: second.works.pulse.vitals().scanned is not None)  # ready to serve, without a clock
    assert (len(first.running), second.running) == (1, [])
    first.succession.stop()
    until(lambda: second.running)
    assert first.running == []


def test_who_loses_its_session_has_the_clock_no_more_until_it_has_it_again(services: list[Service], url: str) -> None:
    lost = services[0].running[0]
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as admin:
        others = (
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
        assert admin.execute(others).fetchall() == [(True,)]
    until(lambda: lost not in services[0].running)
    until(lambda: sum(len(one.running) for one in services) == 1)


def test_a_clock_that_is_stopped_stops_nothing_else(services: list[Service]) -> None:
    clock = services[0].running[0]
    clock.works.stopping.set()
    assert not services[0].works.stopping.is_set()
