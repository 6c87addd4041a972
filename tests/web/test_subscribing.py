"""Double opt-in: a form asks, the mailbox confirms, and nobody learns from the form who is subscribed."""

from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from digest import pipeline, subscriptions, tokens, web
from digest.settings import Publication, Subscribers, Web
from digest.store import database, suppressions
from digest.works import Works
from tests.mailboxes import link, mails, words
from tests.web.conftest import Clock, rows
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, subscribe

READER = "reader@home.example"


def ask(visitor: TestClient, email: str = READER, **more: str) -> Response:
    return visitor.post("/subscribe", data={"email": email, "cadence": "issue", "website": "", **more})


def subscribed(visitor: TestClient, office: Works, email: str = READER) -> None:
    ask(visitor, email)
    assert visitor.post(link(mails(office, email)[-1], "confirm")).status_code == 200


def states(office: Works) -> dict[str, str]:
    return {one.email: one.state for one in subscriptions.listed(office.engine)}


def test_a_mailbox_confirms_what_a_form_has_asked(visitor: TestClient, office: Works) -> None:
    assert 'name="email"' in visitor.get("/subscribe").text
    assert ask(visitor).status_code == 200
    assert states(office) == {READER: "pending"}
    (mail,) = mails(office, READER)
    path = link(mail, "confirm")
    assert 'method="post"' in visitor.get(path).text
    assert states(office) == {READER: "pending"}
    assert "订阅成功" in visitor.post(path).text
    assert states(office) == {READER: "active"}
    assert "已经订阅好了" in visitor.post(path).text


def test_the_mail_that_asks_for_a_word_is_no_bulk_mail(visitor: TestClient, office: Works) -> None:
    ask(visitor)
    (mail,) = mails(office, READER)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert not {"Precedence", "List-Unsubscribe", "List-Unsubscribe-Post"} & set(mail.keys())
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["Subject"] == "请确认订阅《南浔渡口报》简报"


def test_a_new_subscriber_gets_the_latest_issue_once(visitor: TestClient, printed: Works) -> None:
    subscribed(visitor, printed)
    pipeline.compose(printed, NOW)
    _, welcome = mails(printed, READER)
    assert "老渡口恢复摆渡" in words(welcome)
    drop(printed, "b.md", SECOND)
    pipeline.publish(printed, NOW)
    pipeline.compose(printed, NOW)
    _, _, second = mails(printed, READER)
    assert "白鹭湖水质首次达到二类" in words(second)
    assert "老渡口恢复摆渡" not in words(second)


def test_a_correction_of_the_issue_that_welcomed_somebody_is_told(visitor: TestClient, printed: Works) -> None:
    subscribed(visitor, printed)
    pipeline.compose(printed, NOW)
    drop(printed, "a2.md", FIRST.replace("三百二十人次", "三百三十人次"))
    drop(printed, "b.md", SECOND)
    pipeline.publish(printed, NOW)
    pipeline.compose(printed, NOW)
    assert "老渡口恢复摆渡" in words(mails(printed, READER)[-1])


def test_who_comes_back_gets_no_article_twice(visitor: TestClient, printed: Works) -> None:
    subscribed(visitor, printed)
    pipeline.compose(printed, NOW)
    letter = mails(printed, READER)[-1]
    visitor.post(link(letter, "unsubscribe"))
    subscribed(visitor, printed)
    pipeline.compose(printed, NOW)
    letters = [mail for mail in mails(printed, READER) if mail["List-Id"]]
    assert len(letters) == 1


@pytest.mark.parametrize("known", ["new", "pending", "active", "unsubscribed", "hard", "erased"])
def test_the_answer_is_the_same_whoever_is_known(visitor: TestClient, office: Works, known: str) -> None:
    stranger = ask(visitor, "stranger@home.example")
    if known == "pending":
        ask(visitor)
    elif known in {"active", "unsubscribed"}:
        subscribe(office.engine, READER, "paper", "issue", NOW)
    elif known in {"hard", "erased"}:
        reason: suppressions.Reason = "hard" if known == "hard" else "erased"
        with database.writing(office.engine) as store:
            suppressions.suppress(store, tokens.address_hash(office.key, READER), reason, NOW)
    if known == "unsubscribed":
        subscriptions.unsubscribe(office.engine, READER, "paper", NOW)
    answer = ask(visitor)
    assert (answer.status_code, answer.content, answer.headers) == (
        stranger.status_code,
        stranger.content,
        stranger.headers,
    )


def test_a_suppressed_address_gets_no_mail_and_no_row(visitor: TestClient, office: Works) -> None:
    with database.writing(office.engine) as store:
        suppressions.suppress(store, tokens.address_hash(office.key, READER), "complaint", NOW)
    ask(visitor, "Reader@Home.example")
    assert mails(office, "Reader@Home.example") == []
    assert states(office) == {}


def test_an_erased_one_may_come_back_by_the_form(visitor: TestClient, office: Works) -> None:
    with database.writing(office.engine) as store:
        suppressions.suppress(store, tokens.address_hash(office.key, READER), "erased", NOW)
    subscribed(visitor, office)
    assert states(office) == {READER: "active"}
    with database.reading(office.engine) as store:
        assert suppressions.listed(store) == []


def test_what_was_suppressed_meanwhile_cannot_be_confirmed(visitor: TestClient, office: Works) -> None:
    ask(visitor)
    path = link(mails(office, READER)[0], "confirm")
    with database.writing(office.engine) as store:
        suppressions.suppress(store, tokens.address_hash(office.key, READER), "hard", NOW)
    assert visitor.post(path).status_code == 404
    assert states(office) == {READER: "pending"}


def test_one_who_is_subscribed_is_told_so_by_mail_and_nothing_changes(visitor: TestClient, office: Works) -> None:
    subscribed(visitor, office)
    before = rows(office)["subscription"]
    ask(visitor, cadence="weekly")
    mail = mails(office, READER)[-1]
    assert mail["Subject"] == "你已经订阅了《南浔渡口报》简报"
    assert visitor.get(link(mail, "preferences")).status_code == 200
    assert rows(office)["subscription"] == before


def test_a_mailbox_is_written_to_three_times_a_day_at_most(visitor: TestClient, office: Works, clock: Clock) -> None:
    for n in range(5):
        assert ask(visitor, READER.upper() if n % 2 else READER).status_code == 200
    assert len(mails(office, READER)) == 3
    clock.forward(days=1)
    ask(visitor)
    assert len(mails(office, READER)) == 3 + 1


def test_a_program_that_fills_in_every_field_is_answered_and_ignored(visitor: TestClient, office: Works) -> None:
    assert ask(visitor, website="https://spam.example").content == ask(visitor).content
    assert len(mails(office, READER)) == 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        "reader",
        "a@home.example, b@home.example",
        "a@home.example;b@home.example",
        "a@home.example\r\nBcc: b@home.example",
        "=?utf-8?q?a?=@home.example",
        f"{'a' * 65}@home.example",
        f"a@{'b' * 250}.example",
        "<script>alert(1)</script>@home.example",
    ],
)
def test_what_is_no_address_is_told_at_the_field(visitor: TestClient, office: Works, email: str) -> None:
    answer = ask(visitor, email)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "<script>alert" not in answer.text
    assert rows(office)["subscriber"] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "https://service.example"}, 200),
        ({"origin": "https://paper.example"}, 200),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://service.example"}, 403),
    ],
)
def test_a_form_of_another_site_is_not_taken(
    visitor: TestClient, office: Works, headers: dict[str, str], status: int
) -> None:
    answer = visitor.post("/subscribe", data={"email": READER}, headers=headers)
    assert answer.status_code == status
    assert bool(mails(office, READER)) == (status == 200)


@pytest.fixture
def strict(office: Works, clock: Clock) -> TestClient:
    """A service behind a proxy that takes two forms an hour from each client, and sends three mails in all."""
    limits = Subscribers(asks=2, mails=3)
    settings = replace(office.settings, subscribers=limits, web=Web(trusted_proxies=("10.0.0.0/8",)))
    works = replace(office, settings=settings)
    return TestClient(web.build(works, clock), base_url="https://service.example", client=("10.0.0.1", 50000))


def by(client: TestClient, forwarded: str, n: int = 0) -> Response:
    return client.post("/subscribe", data={"email": f"r{n}@home.example"}, headers={"x-forwarded-for": forwarded})


def test_one_network_may_ask_so_often(strict: TestClient, clock: Clock) -> None:
    assert [by(strict, "192.0.2.7", n).status_code for n in range(3)] == [200, 200, 429]
    assert by(strict, "192.0.2.7").headers["retry-after"] == "3600"
    assert by(strict, "203.0.113.9, 192.0.2.7").status_code == 429  # what the client writes itself hides nothing
    assert by(strict, "192.0.2.8").status_code == 429
    assert by(strict, "198.51.100.8", 3).status_code == 200
    clock.forward(hours=1)
    assert by(strict, "192.0.2.7", 4).status_code == 200


def test_all_together_may_ask_so_often(strict: TestClient, clock: Clock) -> None:
    assert [by(strict, f"192.0.{n}.7", n).status_code for n in range(4)] == [200, 200, 200, 429]
    assert int(by(strict, "192.0.2.99", 9).headers["retry-after"]) > 0
    clock.forward(hours=1)
    assert by(strict, "192.0.2.99", 9).status_code == 200


def test_a_link_that_is_too_old_confirms_nothing(visitor: TestClient, office: Works, clock: Clock) -> None:
    ask(visitor)
    path = link(mails(office, READER)[0], "confirm")
    clock.forward(hours=72, seconds=1)
    assert visitor.get(path).status_code == visitor.post(path).status_code == 404
    assert states(office) == {READER: "pending"}


def test_what_was_agreed_to_is_on_record(visitor: TestClient, office: Works) -> None:
    subscribed(visitor, office)
    asked, confirmed = rows(office)["consent"]
    assert asked[3] == "asked"
    assert "随时可以退订" in str(asked[6])
    assert confirmed[3] == "confirmed"


def test_several_papers_have_a_form_each(tmp_path: Path, clock: Clock) -> None:
    papers = (Publication(slug="north", title="北报"), Publication(slug="south", title="南报"))
    with opened(settings_in(tmp_path, publications=papers)) as works:
        client = TestClient(web.build(works, clock), base_url="https://service.example")
        client.post("/south/subscribe", data={"email": READER})
        (mail,) = mails(works, READER)
        path = link(mail, "confirm")
        assert path.startswith("/south/confirm/")
        assert client.post(path.replace("/south/", "/north/")).status_code == 404
        assert client.post(path).status_code == 200
        assert [(one.slug, one.state) for one in subscriptions.listed(works.engine)] == [("south", "active")]
