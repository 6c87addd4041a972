"""A service whose clock can be set, and a client of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from digest import pipeline, web
from digest.settings import Publication
from digest.store import database
from digest.store.schema import metadata
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Works]:
    """Return a service without any issue."""
    with opened(settings_in(tmp_path, publications=(Publication(title="南浔渡口报"),))) as works:
        yield works


@pytest.fixture
def printed(office: Works) -> Works:
    """Return the service with one issue out."""
    drop(office, "a.md", FIRST)
    pipeline.publish(office, NOW)
    return office


@pytest.fixture
def visitor(office: Works, clock: Clock) -> Iterator[TestClient]:
    with TestClient(web.build(office, clock), base_url="https://service.example", follow_redirects=False) as client:
        yield client


def rows(works: Works) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table: what a request has changed shows."""
    with database.reading(works.engine) as store:
        return {name: [tuple(row) for row in store.execute(table.select())] for name, table in metadata.tables.items()}
