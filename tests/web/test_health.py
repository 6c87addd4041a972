"""What machines ask: does it live, does it work, and how much of everything is there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from digest import pipeline, settings, web
from digest.pulse import Pulse
from digest.store import database, subscribers
from digest.web import health
from digest.works import Works
from tests import drops
from tests.web.conftest import Clock
from tests.works import FIRST, NOW, drop

HERE = ("127.0.0.1", 50_000)
LOCAL = "http://127.0.0.1:8000"


@pytest.fixture
def monotonic() -> drops.Clock:
    return drops.Clock()


@pytest.fixture
def works(office: Works, monotonic: drops.Clock) -> Works:
    return replace(office, pulse=Pulse(monotonic))


@pytest.fixture
def client(works: Works, clock: Clock) -> Iterator[TestClient]:
    with TestClient(web.build(works, clock), base_url=LOCAL, client=HERE) as client:
        yield client


def ready(client: TestClient) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.text.strip()


def figures(client: TestClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_a_service_is_ready_when_its_work_gets_on(client: TestClient, works: Works, monotonic: drops.Clock) -> None:
    assert ready(client) == (503, "starting")
    works.pulse.scan()
    assert ready(client) == (200, "ok")
    monotonic.seconds += health.READY_SECONDS + 1
    assert ready(client) == (503, "stopped")
    assert client.get("/healthz").text == "ok\n"
    works.pulse.beat()
    assert ready(client) == (200, "ok")


def test_a_database_of_another_program_is_not_ready(client: TestClient, works: Works) -> None:
    works.pulse.scan()
    with database.writing(works.engine) as store:
        store.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert ready(client) == (503, "schema")
    with database.writing(works.engine) as store:
        store.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (database.schemas()[-1],))


def test_a_database_that_does_not_answer_is_not_ready(client: TestClient, works: Works) -> None:
    works.pulse.scan()
    file, aside = works.settings.data / "digest.db", works.settings.data / "aside"
    works.engine.dispose()
    file.rename(aside)
    file.mkdir()
    try:
        assert ready(client) == (503, "database")
    finally:
        file.rmdir()
        aside.rename(file)


def test_the_figures_tell_how_things_stand(
    client: TestClient, works: Works, clock: Clock, monotonic: drops.Clock
) -> None:
    drop(works, "a.md", FIRST)
    drop(works, "b.md", b"\x00\x01" * 99)
    pipeline.publish(works, NOW)
    works.pulse.scan()
    monotonic.seconds += 7
    assert client.get("/").status_code == 200
    assert client.get("/feed.xml").status_code == 200
    assert client.get("/nowhere/").status_code == 404
    found = figures(client)
    assert found['digest_rows{state="published",table="issue"}'] == 1
    assert found['digest_rows{state="rejected",table="source"}'] == 1
    assert found['digest_troubles{kind="rejected"}'] == 1
    assert found["digest_last_scan_seconds"] == 7
    assert found["digest_oldest_pending_seconds"] == found["digest_uncertain_deliveries"] == 0
    assert found["digest_disk_free_bytes"] > 0
    assert 'digest_feed_age_seconds{paper="paper"}' in found
    assert found['digest_requests_total{kind="page",status="2xx"}'] == 1
    assert found['digest_requests_total{kind="page",status="4xx"}'] == 1
    assert found['digest_requests_total{kind="feed",status="2xx"}'] == 1


def test_the_figures_name_nobody(client: TestClient, works: Works, clock: Clock) -> None:
    with database.writing(works.engine) as store:
        subscribers.add(store, "lin@reader.example", "lin@reader.example", public_id="p1", now=NOW)
    assert "reader.example" not in client.get("/metrics").text


@pytest.mark.parametrize(
    ("came", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 404),  # a proxy that is none of ours
        ("127.0.0.1", {"via": "1.1 somewhere"}, 404),
        ("10.0.0.1", {"x-forwarded-for": "192.0.2.7"}, 404),
        ("10.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 200),
        ("10.0.0.1", {}, 404),
    ],
)
def test_the_figures_are_for_those_who_may_have_them(
    works: Works, clock: Clock, came: str, headers: dict[str, str], status: int
) -> None:
    behind = replace(works.settings, web=settings.Web(trusted_proxies=("10.0.0.1/32",)))
    app = web.build(replace(works, settings=behind), clock)
    with TestClient(app, base_url=LOCAL, client=(came, 50_000)) as client:
        assert client.get("/metrics", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "version", "status"),
    [
        ("127.0.0.1:8000", "1.1", 200),
        ("localhost:8000", "1.1", 200),
        ("[::1]:8000", "1.1", 200),
        ("paper.example", "1.1", 404),
        ("localhost.paper.example", "1.1", 404),
        ("[", "1.1", 404),
        ("127.0.0.1:8000", "1.0", 404),  # nginx as it comes
    ],
)
def test_a_proxy_beside_us_that_says_nothing_of_its_visitors_opens_nothing(
    works: Works, clock: Clock, host: str, version: str, status: int
) -> None:
    app = web.build(works, clock)

    async def spoken(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "http_version": version}, receive, send)

    with TestClient(spoken, client=HERE) as client:
        assert client.get("/metrics", headers={"host": host}).status_code == status
        assert ("digest password" in client.get("/desk/", headers={"host": host}).text) == (status == 200)


def test_an_answer_that_broke_is_counted(works: Works, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "unready", lambda _: 1 / 0)
    with TestClient(web.build(works, clock), base_url=LOCAL, client=HERE, raise_server_exceptions=False) as client:
        assert client.get("/readyz").status_code == 500
        assert figures(client)['digest_requests_total{kind="watch",status="5xx"}'] == 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/2026/11/19/1/", "page"),
        ("/evening/feed.xml", "feed"),
        ("/feeds.opml", "feed"),
        ("/search", "search"),
        ("/evening/subscribe", "form"),
        ("/unsubscribe/paper/token", "form"),
        ("/desk/issues", "desk"),
        ("/metrics", "watch"),
    ],
)
def test_what_is_asked_for_is_counted_by_its_kind(path: str, kind: str) -> None:
    assert health.kind(path) == kind
