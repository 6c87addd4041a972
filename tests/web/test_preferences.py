"""What a subscriber can do with the link of a letter: choose, pause, move, see all that is known, be forgotten."""

import re
from datetime import UTC, datetime, time

import pytest
from starlette.testclient import TestClient

from digest import links, pipeline, subscriptions, tokens
from digest.model import Preferences
from digest.store import database, preferences, subscribers, suppressions
from digest.works import Works
from tests.mailboxes import link, mails, words
from tests.mailboxes import links as links_in
from tests.web.conftest import Clock, rows
from tests.works import NOW, SECOND, drop, subscribe

READER = "reader@home.example"
NEW = "new@home.example"

SECTIONS = """# 南浔渡口报

2026年11月20日　星期五　第89期

## 要闻

### 白鹭湖水质首次达到二类

本报讯（记者 林晓棠）市水务局昨天公布的数据显示，十月白鹭湖水质首次达到二类。

## 民生

### 镇图书馆新添三千册书

本报讯（记者 沈归舟）镇图书馆本月新添图书三千册，其中儿童读物占一半。
"""

FORM = {
    "cadence": "weekly",
    "weekday": "4",
    "send_at": "18:30",
    "timezone": "Europe/Berlin",
    "quiet_from": "22:00",
    "quiet_to": "07:00",
    "keywords": "渡口，图书馆、 渡口",
    "form": "headlines",
    "paused_until": "2026-12-01",
}


@pytest.fixture
def path(office: Works) -> str:
    """Subscribe, and return the path of the link to the preferences."""
    subscribe(office.engine, READER, "paper", "daily", NOW)
    return path_of(office, READER)


def path_of(works: Works, email: str) -> str:
    with database.reading(works.engine) as store:
        found = subscribers.by_email(store, email)
        assert found is not None
        person = subscribers.get(store, found)
    url = links.preferences_url(works, works.settings.publications[0], person.public_id, person.token_version)
    return url.removeprefix("https://service.example")


def chosen(works: Works) -> Preferences:
    with database.reading(works.engine) as store:
        found = preferences.get(store, 1, 1)
    assert found is not None
    return found


def test_all_that_can_be_chosen_is_kept_and_shown(visitor: TestClient, office: Works, path: str) -> None:
    answer = visitor.post(path, data=FORM)
    assert answer.status_code == 200
    assert "已保存" in answer.text
    assert chosen(office) == Preferences(
        cadence="weekly",
        send_at=time(18, 30),
        weekday=4,
        timezone="Europe/Berlin",
        quiet_from=time(22),
        quiet_to=time(7),
        topics=("keyword:图书馆", "keyword:渡口"),
        form="headlines",
        paused_until=datetime(2026, 11, 30, 23, 0, tzinfo=UTC),
    )
    page = visitor.get(path).text
    for value in ("18:30", "Europe/Berlin", "22:00", "07:00", "图书馆, 渡口", "2026-12-01"):
        assert f'value="{value}"' in page
    for value in ("weekly", "headlines"):
        assert f'value="{value}" checked' in page


def test_the_next_letter_is_due_as_chosen(visitor: TestClient, office: Works, path: str) -> None:
    visitor.post(path, data=FORM)
    (row,) = rows(office)["subscription"]
    assert datetime(2026, 12, 4, 17, 30, tzinfo=UTC) in row


def test_sections_are_those_that_the_paper_has_printed(visitor: TestClient, office: Works, path: str) -> None:
    drop(office, "a.md", SECTIONS)
    pipeline.publish(office, NOW)
    assert re.findall(r'name="section" value="(.*?)"', visitor.get(path).text) == ["要闻", "民生"]
    visitor.post(path, data={"section": ["民生", "别家的"]})
    assert chosen(office).topics == ("section:民生",)
    assert 'value="民生" checked' in visitor.get(path).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("send_at", "25:00"),
        ("timezone", "Mars/Base"),
        ("quiet_to", ""),
        ("keywords", ",".join(map(str, range(21)))),
        ("keywords", "长" * 41),
        ("paused_until", "2026-11-20"),
        ("paused_until", "9999-12-31"),
        ("paused_until", "soon"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_saved(
    visitor: TestClient, office: Works, path: str, field: str, value: str
) -> None:
    before = rows(office)
    answer = visitor.post(path, data={**FORM, field: value})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert rows(office) == before


def test_a_new_address_is_confirmed_from_there_and_told_to_the_old(
    visitor: TestClient, office: Works, path: str
) -> None:
    assert visitor.post(f"{path}/address", data={"email": NEW}).status_code == 200
    (mail,) = mails(office, NEW)
    move = link(mail, "move")
    assert 'method="post"' in visitor.get(move).text
    assert [one.email for one in subscriptions.listed(office.engine)] == [READER]
    moved = visitor.post(move).text
    assert "邮箱已更换" in moved
    assert [one.email for one in subscriptions.listed(office.engine)] == [NEW]
    (told,) = mails(office, READER)
    assert NEW not in words(told)
    assert links_in(told) == []
    assert visitor.post(move).status_code == 404
    (preferences,) = re.findall(r'href="https://service\.example(/preferences/[^"]+)"', moved)
    assert NEW in visitor.get(preferences).text


def test_what_lies_in_the_old_mailbox_changes_nothing_any_more(visitor: TestClient, office: Works, path: str) -> None:
    visitor.post(f"{path}/address", data={"email": NEW})
    visitor.post(link(mails(office, NEW)[0], "move"))
    before = rows(office)
    for below in ("", "/address", "/data"):
        assert visitor.post(f"{path}{below}", data={"email": READER, **FORM}).status_code == 404
    assert rows(office) == before


@pytest.mark.parametrize("other", ["new", "active", "complaint"])
def test_asking_for_an_address_tells_nobody_whether_it_is_known(
    visitor: TestClient, office: Works, path: str, other: str
) -> None:
    usual = visitor.post(f"{path}/address", data={"email": "nobody@home.example"})
    if other == "active":
        subscribe(office.engine, NEW, "paper", "issue", NOW)
    elif other == "complaint":
        with database.writing(office.engine) as store:
            suppressions.suppress(store, tokens.address_hash(office.key, NEW), "complaint", NOW)
    answer = visitor.post(f"{path}/address", data={"email": NEW})
    assert (answer.status_code, answer.content) == (usual.status_code, usual.content)
    got = [str(mail["Subject"]) for mail in mails(office, NEW)]
    assert (
        got
        == {
            "new": ["请确认《南浔渡口报》简报的新邮箱"],
            "active": ["你已经订阅了《南浔渡口报》简报"],
            "complaint": [],
        }[other]
    )


def data_path(visitor: TestClient, office: Works, path: str) -> str:
    assert visitor.post(f"{path}/data").status_code == 200
    return link(mails(office, READER)[-1], "data")


def test_all_that_is_known_is_given_out_over_a_mailed_link(visitor: TestClient, office: Works, path: str) -> None:
    visitor.post(path, data=FORM)
    own = data_path(visitor, office, path)
    assert READER in visitor.get(own).text
    answer = visitor.post(own, data={"action": "download"})
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    known = answer.json()
    assert known["email"] == READER
    assert known["subscriptions"][0]["paper"] == "paper"
    assert known["subscriptions"][0]["cadence"] == "weekly"
    assert known["consents"][0]["event"] == "changed"
    assert known["notices"][0]["kind"] == "export"
    assert known["suppressed"] is None


def test_who_is_erased_leaves_only_a_mark(visitor: TestClient, printed: Works, path: str) -> None:
    subscribe(printed.engine, NEW, "paper", "issue", NOW)
    drop(printed, "b.md", SECOND)
    pipeline.publish(printed, NOW)
    visitor.post(path, data={"cadence": "issue"})
    pipeline.compose(printed, NOW)
    (letter,) = mails(printed, READER)
    public_id = str(letter["Message-ID"]).split("@")[0].split(".")[1]
    own = data_path(visitor, printed, path)
    assert visitor.post(own, data={"action": "erase"}).status_code == 422
    assert "已全部删除" in visitor.post(own, data={"action": "erase", "sure": "yes"}).text
    left = rows(printed)
    for found in (READER, public_id):
        assert found not in str(left)
    assert [len(left[table]) for table in ("subscriber", "subscription", "consent", "notice")] == [1, 1, 0, 0]
    ((digest, reason, _),) = left["suppression"]
    assert (digest, reason) == (tokens.address_hash(printed.key, READER), "erased")
    assert sorted(str(row[2]) for row in left["delivery"]) == ["2", "None"]
    subscriptions.erase_address(printed, NEW, NOW)
    assert [row[2] for row in rows(printed)["delivery"]] == [None, None]
    listed = f"email\n{READER}\n".encode()
    publication = printed.settings.publications[0]
    done = subscriptions.import_list(printed, publication, listed, "daily", wording="x", dry=False, now=NOW)
    assert [one.fault for one in done.refused] == ["suppressed"]


def test_who_has_left_can_still_see_and_erase_what_is_known(visitor: TestClient, office: Works, path: str) -> None:
    subscriptions.unsubscribe(office.engine, READER, "paper", NOW)
    before = rows(office)
    assert "你没有订阅" in visitor.get(path).text
    assert "你没有订阅" in visitor.post(path, data=FORM).text
    assert visitor.post(f"{path}/address", data={"email": NEW}).status_code == 404
    assert rows(office) == before
    own = data_path(visitor, office, path)
    assert visitor.post(own, data={"action": "erase", "sure": "yes"}).status_code == 200
    assert rows(office)["subscriber"] == []


def test_links_that_do_much_do_not_last(visitor: TestClient, office: Works, path: str, clock: Clock) -> None:
    own = data_path(visitor, office, path)
    clock.forward(hours=73)
    assert visitor.get(own).status_code == visitor.post(own, data={"action": "download"}).status_code == 404


def test_a_crawler_that_follows_every_link_changes_no_row(visitor: TestClient, printed: Works, path: str) -> None:
    """Mail scanners fetch what stands in a mail, and what stands on the pages behind it."""
    visitor.post("/subscribe", data={"email": "other@home.example"})
    visitor.post(f"{path}/address", data={"email": NEW})
    visitor.post(f"{path}/data")
    drop(printed, "b.md", SECOND)
    pipeline.publish(printed, NOW)
    visitor.post(path, data={"cadence": "issue"})
    pipeline.compose(printed, NOW)
    found = {
        path
        for email in (READER, NEW, "other@home.example")
        for mail in mails(printed, email)
        for path in links_in(mail)
    }
    assert {path.split("/")[1] for path in found} >= {"confirm", "preferences", "move", "data", "unsubscribe"}
    before, seen = rows(printed), set[str]()
    while found - seen:
        for each in found - seen:
            seen.add(each)
            for method in ("HEAD", "OPTIONS", "GET"):
                answer = visitor.request(method, each)
            found = found | set(within(answer.text))
            visitor.get(each, params={"List-Unsubscribe": "One-Click", "action": "erase", "sure": "yes", **FORM})
    assert rows(printed) == before


def within(page: str) -> list[str]:
    """Return the paths of the service that a page links to or posts to."""
    places = "confirm|preferences|move|data|unsubscribe|subscribe"
    return re.findall(rf'(?:href|action)="(?:https://service\.example)?(/(?:{places})[^"#]*)"', page)
