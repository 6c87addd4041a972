"""What the office does itself: a list of subscribers is checked line by line, and keys can be changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest import app, links, subscriptions, tokens
from digest.errors import DigestError
from digest.settings import Publication
from digest.store import database, subscribers, suppressions
from digest.subscriptions import Imported, office
from digest.works import Works
from tests.works import NOW, opened, settings_in, subscribe

PAPER = Publication()


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def imported(works: Works, content: bytes, *, dry: bool = False) -> Imported:
    return subscriptions.import_list(works, PAPER, content, "daily", wording="读者大会签名册", dry=dry, now=NOW)


def listed(works: Works) -> dict[str, tuple[str, str]]:
    return {one.email: (one.cadence, one.state) for one in subscriptions.listed(works.engine)}


LIST = """Email,姓名,cadence
a@home.example,甲,weekly
A@home.example,甲,
nobody,乙,
b@home.example,丙,yearly
known@home.example,丁,
left@home.example,戊,
bad@home.example,己,

c@home.example,庚,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("dry", [True, False])
def test_each_line_is_taken_or_refused_with_a_reason(works: Works, encoding: str, dry: bool) -> None:
    for email in ("known@home.example", "left@home.example"):
        subscribe(works.engine, email, "paper", "issue", NOW)
    subscriptions.unsubscribe(works.engine, "left@home.example", "paper", NOW)
    with database.writing(works.engine) as store:
        suppressions.suppress(store, tokens.address_hash(works.key, "bad@home.example"), "hard", NOW)
    before = listed(works)
    done = imported(works, LIST.encode(encoding), dry=dry)
    assert done.taken == 2
    assert [(one.line, one.fault) for one in done.refused] == [
        (3, "duplicate"),
        (4, "invalid"),
        (5, "cadence"),
        (6, "known"),
        (7, "unsubscribed"),
        (8, "suppressed"),
    ]
    new = {"a@home.example": ("weekly", "active"), "c@home.example": ("daily", "active")}
    assert listed(works) == (before if dry else before | new)


def test_a_long_list_leaves_others_time_to_write_and_an_import_cut_short_is_gone_on_with(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "PART", 10)
    content = "email\n" + "".join(f"{n}@home.example\n" for n in range(35))
    begin = office._begin
    heard: list[int] = []

    def dies(*arguments: Any, **named: Any) -> None:
        heard.append(len(listed(works)))  # what other connections see
        if len(heard) == 25:
            raise KeyboardInterrupt
        begin(*arguments, **named)

    monkeypatch.setattr(office, "_begin", dies)
    with pytest.raises(KeyboardInterrupt):
        imported(works, content.encode())
    assert sorted(set(heard)) == [0, 10, 20]
    monkeypatch.setattr(office, "_begin", begin)
    done = imported(works, content.encode())
    assert (done.taken, [one.fault for one in done.refused]) == (15, ["known"] * 20)
    assert len(listed(works)) == 35


@pytest.mark.parametrize("title", ["email", " E-Mail", "邮箱", "电子邮箱", "电子邮件", "邮件 地址"])
def test_the_column_of_the_addresses_has_several_names(works: Works, title: str) -> None:
    imported(works, f"姓名,{title}\n甲,a@home.example\n".encode())
    assert listed(works) == {"a@home.example": ("daily", "active")}


@pytest.mark.parametrize("content", [b"address\na@home.example\n", b"email\n" + b"a" * 200_000])
def test_what_is_no_list_of_addresses_is_refused(works: Works, content: bytes) -> None:
    with pytest.raises(DigestError) as refusal:
        imported(works, content)
    assert refusal.value.code == "error.list"


EXPORTED = b"""email,paper,cadence,state,since
a@home.example,paper,weekly,active,2026-11-01T00:00:00+00:00
b@home.example,paper,daily,unsubscribed,2026-11-01T00:00:00+00:00
c@home.example,paper,daily,pending,2026-11-01T00:00:00+00:00
d@home.example,other,daily,active,2026-11-01T00:00:00+00:00
"""


def test_a_list_from_another_service_brings_nobody_who_has_left_or_never_confirmed(works: Works) -> None:
    done = imported(works, EXPORTED)
    assert listed(works) == {"a@home.example": ("weekly", "active")}
    assert [(one.line, one.fault) for one in done.refused] == [(3, "state"), (4, "state"), (5, "paper")]


def test_a_form_that_a_stranger_fills_in_brings_nobody_back_who_has_left(works: Works) -> None:
    subscribe(works.engine, "a@home.example", "paper", "issue", NOW)
    subscriptions.unsubscribe(works.engine, "a@home.example", "paper", NOW)
    subscriptions.ask(works, PAPER, "a@home.example", "daily", origin="unknown", wording="", now=NOW)
    assert [one.fault for one in imported(works, b"email\na@home.example\n").refused] == ["unsubscribed"]


def test_what_the_office_states_of_consent_is_on_record(works: Works) -> None:
    imported(works, b"email\na@home.example\n")
    with database.reading(works.engine) as store:
        person = subscribers.by_email(store, "a@home.example")
        assert person is not None
        subscriber = subscribers.get(store, person)
    (line,) = subscriptions.data(works, subscriber)["consents"]
    assert (line["event"], line["origin"], line["wording"]) == ("imported", "office", "读者大会签名册")


def test_nobody_is_added_by_hand_who_must_not_be_written_to(works: Works) -> None:
    subscriptions.add(works, PAPER, "a@home.example", "daily", NOW)
    assert subscriptions.erase_address(works, "A@home.example", NOW)
    assert not subscriptions.erase_address(works, "a@home.example", NOW)
    with pytest.raises(DigestError) as refusal:
        subscriptions.add(works, PAPER, "a@home.example", "daily", NOW)
    assert refusal.value.code == "error.suppressed"


def test_after_a_change_of_keys_old_letters_are_good_for_leaving_and_nothing_else(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with opened(settings) as works:
        subscribe(works.engine, "a@home.example", "paper", "daily", NOW)
        with database.reading(works.engine) as store:
            person = subscribers.get(store, 1)
        own = person.public_id, person.token_version
        leave = links.unsubscribe_url(works, "paper", *own).rpartition("/")[2]
        choose = links.preferences_url(works, PAPER, *own).rpartition("/")[2]
        assert subscriptions.chooser(works, PAPER, choose)
        mark = tokens.address_hash(works.key, "a@home.example")
    keys = settings.data / "keys"
    (keys / "token.key").rename(keys / "token-2026.key")
    with app.open_service(settings, {}, NOW) as works:
        assert subscriptions.chooser(works, PAPER, choose) is None
        assert subscriptions.holder(works, "paper", leave) == person.id
        assert tokens.address_hash(works.key, "a@home.example") == mark
