"""What the service's log tells, and what it must not."""

import json
import logging
from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

from digest import subscriptions, web
from digest.scheduler import Scheduler
from digest.works import Works
from tests.logged import logged
from tests.mailboxes import link, mails
from tests.web.conftest import Clock
from tests.works import FIRST, NOW, SECOND

READER = "reader@home.example"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_nobodys_address_and_no_token_is_logged(
    visitor: TestClient, office: Works, capsys: pytest.CaptureFixture[str]
) -> None:
    scheduler = Scheduler(office, NOW.timestamp)

    def print_issue(name: str, text: str) -> None:
        (office.settings.inbox.folder / name).write_text(text, "utf-8")
        for _ in range(2):
            scheduler._issues()
        scheduler._publish()
        scheduler._letters()

    with logged("json"):
        print_issue("a.md", FIRST)
        visitor.post("/subscribe", data={"email": READER, "cadence": "issue", "website": ""})
        scheduler._letters()
        links = [link(mails(office, READER)[-1], "confirm")]
        assert visitor.post(links[0]).status_code == 200
        print_issue("b.md", SECOND)
        links += [link(mails(office, READER)[-1], purpose) for purpose in ("preferences", "unsubscribe")]
        visitor.get(links[1])
        visitor.post(links[2])
    found = lines(capsys)
    told = json.dumps(found, ensure_ascii=False)
    assert {"file", "published", "composed", "outbox"} <= {one["event"] for one in found}
    assert {one["level"] for one in found} == {"info"}
    assert office.settings.authority in told  # an issue is named by its id
    for secret in (READER, READER.partition("@")[0] + "@", *(path.rpartition("/")[2] for path in links)):
        assert len(secret) > 6
        assert secret not in told


def test_all_that_a_request_makes_us_log_bears_its_name(
    office: Works, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        structlog.get_logger().warning("in a thread")
        logging.getLogger("some.package").warning("by a library")
        raise OSError("the disk is full")

    monkeypatch.setattr(subscriptions, "ask", fail)
    client = TestClient(web.build(office, clock), base_url="https://service.example")
    with logged("json"), client as visitor:
        for _ in range(2):
            visitor.post("/subscribe", data={"email": READER, "cadence": "issue", "website": ""})
    found = lines(capsys)
    names = [one["request"] for one in found]
    each = len(found) // 2
    assert each > 1
    assert len({*names[:each]}) == len({*names[each:]}) == 1
    assert names[0] != names[-1]
    assert "the disk is full" in found[-1]["exception"]


def test_for_people_a_line_is_no_json_and_no_terminal_means_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    with logged("pretty"):
        structlog.get_logger().info("published", articles=12)
        logging.getLogger("some.package").warning("odd")
    first, second = capsys.readouterr().out.splitlines()
    assert "published" in first
    assert "articles=12" in first
    assert "odd" in second
    assert "\x1b" not in first + second
