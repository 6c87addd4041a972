"""What comes back has consequences: for its subscriber, its digest and the operator, once, and for nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from digest import bouncing, consequences, operations, pipeline, settings, subscriptions, tokens
from digest.errors import DeliveryError, DigestError
from digest.mailbox import open_mailbox
from digest.model import Message
from digest.settings import Bounces
from digest.store import bounces, database, notices, personal, publications, subscribers, suppressions
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, standing

FORMS = Path(__file__).parent / "data" / "bounces"
ADDRESS = "bounce+{token}@bounces.paper.example"
SENDER = b"bounce+7.abcdefghijklmnopqrstuvwxyz234567@bounces.paper.example"
MESSAGE_ID = b"<d41d8cd98f00b204.e9800998ecf8427e@paper.example>"
DAY = timedelta(days=1)


class Taking:
    """A channel that takes every message, or refuses those to one address."""

    def __init__(self, refused: str = "", words: str = "") -> None:
        self.taken: dict[str, Message] = {}
        self._refused, self._words = refused, words

    def __enter__(self) -> "Taking":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        if message.recipient == self._refused:
            raise DeliveryError("error.smtp.refused", permanent=True, code=550, detail=self._words)
        on_data()
        self.taken[message.recipient] = message


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    mail = settings.Mail(operator="operator@paper.example", bounces=Bounces(address=ADDRESS))
    with opened(settings_in(tmp_path, mail=mail)) as works:
        yield works


def subscribe(works: Works, *emails: str) -> None:
    with database.writing(works.engine) as store:
        paper = publications.id_of(store, "paper")
        for email in emails:
            row = subscribers.add(store, email, email, works.new_id(), NOW)
            subscribers.subscribe(store, row, paper, "issue", NOW)


def send(works: Works, issue: str = SECOND, channel: Taking | None = None, most: int = 10_000) -> dict[str, Message]:
    """Send an issue's letters and return them by recipient."""
    channel = channel or Taking()
    drop(works, "a.md", issue)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    pipeline.deliver(replace(works, channel=lambda: channel), NOW)
    return channel.taken


def returned(form: str, letter: Message, nonce: str = "") -> bytes:
    """Return a mail in one of the forms, as a server would write it about this letter."""
    assert letter.envelope_sender is not None
    content = (FORMS / f"{form}.eml").read_bytes().replace(SENDER, letter.envelope_sender.encode())
    return content.replace(MESSAGE_ID, letter.message_id.encode()) + nonce.encode()


def state(works: Works, email: str) -> tuple[str, str | None]:
    """Return a subscriber's state, and why nothing is sent to the address, if so."""
    with database.reading(works.engine) as store:
        row = subscribers.by_email(store, email)
        assert row is not None
        reason = suppressions.reason(store, tokens.address_hash(works.key, email))
        return subscribers.get(store, row).state, reason


def told(works: Works) -> list[str]:
    with database.reading(works.engine) as store:
        return [one.subject for one in notices.due(store, NOW) if one.recipient == "operator@paper.example"]


def test_each_letter_has_its_own_envelope_sender_that_fits(works: Works) -> None:
    subscribe(works, "lin@reader.example", "an@reader.example")
    senders = {letter.envelope_sender or "" for letter in send(works).values()}
    assert len(senders) == 2
    assert all(len(sender.partition("@")[0]) <= 64 and sender == sender.lower() for sender in senders)


@pytest.mark.parametrize("form", ["postfix-unknown-user", "qmail-unknown", "netease-raw", "qq-unknown"])
def test_an_address_that_is_not_there_gets_nothing_more(works: Works, form: str) -> None:
    subscribe(works, "lin@reader.example", "an@reader.example")
    letter = send(works)["lin@reader.example"]
    assert bouncing.settle(works, returned(form, letter), NOW) == "hard"
    assert state(works, "lin@reader.example") == ("bounced", "hard")
    assert state(works, "an@reader.example") == ("active", None)
    assert send(works, FIRST.replace("第88期", "第90期").replace("11月19日", "11月20日")).keys() == {
        "an@reader.example"
    }


def test_the_same_mail_twice_is_as_good_as_once(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    mail = returned("postfix-mailbox-full", send(works)["lin@reader.example"])
    for _ in range(3):
        assert bouncing.settle(works, mail, NOW) == "soft"
    with database.reading(works.engine) as store:
        assert bounces.counts(store, NOW + DAY, 30) == {"soft": 1}


def test_a_report_that_is_made_up_has_no_consequence(works: Works) -> None:
    subscribe(works, "lin@reader.example", "an@reader.example")
    letters = send(works)
    sender = letters["lin@reader.example"].envelope_sender or ""
    number, _, mac = sender.partition("+")[2].partition(".")
    forged = (
        sender.replace(mac[:8], "aaaaaaaa"),
        sender.replace(f"+{number}.", f"+{int(number) % 2 + 1}."),
        sender.replace(f"+{number}.", "+999999."),
    )
    form = (FORMS / "postfix-unknown-user.eml").read_bytes()
    for one in forged:
        assert bouncing.settle(works, form.replace(SENDER, one.encode()), NOW) == bouncing.UNKNOWN
    assert {state(works, email) for email in letters} == {("active", None)}


def test_servers_may_write_the_address_in_capitals(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    letter = send(works)["lin@reader.example"]
    loud = replace(letter, envelope_sender=(letter.envelope_sender or "").upper(), message_id="<x@y>")
    assert bouncing.settle(works, returned("qmail-unknown", loud), NOW) == "hard"


def test_a_report_that_has_lost_the_envelope_sender_is_known_by_the_message_id(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    assert bouncing.settle(works, returned("arf-redacted", send(works)["lin@reader.example"]), NOW) == "complaint"
    assert state(works, "lin@reader.example") == ("bounced", "complaint")


def test_a_full_mailbox_is_given_up_after_five_days_without_a_week_of_quiet(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    letter = send(works)["lin@reader.example"]
    for day in (0, 0, 1, 2, 10, 11, 12, 13):
        bouncing.settle(works, returned("postfix-mailbox-full", letter, f"{day}"), NOW + day * DAY)
        assert state(works, "lin@reader.example") == ("active", None)
    bouncing.settle(works, returned("qq-full", letter), NOW + 20 * DAY)
    assert state(works, "lin@reader.example") == ("bounced", "hard")


@pytest.mark.parametrize(
    "form", ["postfix-delayed", "postfix-relayed", "arf-not-spam", "out-of-office", "reader-reply"]
)
def test_what_is_no_failure_changes_nothing(works: Works, form: str) -> None:
    subscribe(works, "lin@reader.example")
    bouncing.settle(works, returned(form, send(works)["lin@reader.example"]), NOW)
    assert state(works, "lin@reader.example") == ("active", None)
    assert not told(works)


def test_what_is_our_fault_is_told_to_the_operator_once_a_digest(works: Works) -> None:
    subscribe(works, "lin@reader.example", "an@reader.example")
    for letter in send(works).values():
        assert bouncing.settle(works, returned("postfix-to-163-spam", letter), NOW) == "policy"
    assert state(works, "lin@reader.example") == ("active", None)
    assert told(works) == ["paper：有邮件服务器拒收简报"]


def test_what_is_kept_of_a_report_names_nobody(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    bouncing.settle(works, returned("qmail-unknown", send(works)["lin@reader.example"]), NOW)
    with database.reading(works.engine) as store:
        (kept,) = store.exec_driver_sql("SELECT diagnostic FROM bounce").scalars()
    assert "…@reader.example" in kept
    assert "lin@" not in kept


def test_a_letter_that_went_to_a_former_address_says_nothing_of_the_new_one(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    letter = send(works)["lin@reader.example"]
    with database.writing(works.engine) as store:
        row = subscribers.by_email(store, "lin@reader.example")
        assert row is not None
        subscribers.move(store, row, "lin@elsewhere.example", "lin@elsewhere.example")
        store.exec_driver_sql(
            "INSERT INTO consent (subscriber_id, publication_id, event, at, origin, wording)"
            " SELECT ?, id, 'moved', ?, '', '' FROM publication",
            (row, f"{NOW + DAY:%Y-%m-%d %H:%M:%S}"),
        )
    bouncing.settle(works, returned("postfix-unknown-user", letter), NOW + 2 * DAY)
    assert state(works, "lin@elsewhere.example") == ("active", None)


def test_what_a_server_refuses_at_once_has_the_same_consequences(works: Works) -> None:
    subscribe(works, "lin@reader.example", "an@reader.example")
    send(works, channel=Taking("lin@reader.example", "5.1.1 no such user"))
    assert state(works, "lin@reader.example") == ("bounced", "hard")
    assert state(works, "an@reader.example") == ("active", None)


def test_a_digest_that_comes_back_too_often_is_held_until_a_person_lets_it_go(works: Works) -> None:
    emails = [f"r{n}@reader.example" for n in range(60)]
    subscribe(works, *emails)
    letters = send(works)
    with database.writing(works.engine) as store:
        store.exec_driver_sql("UPDATE delivery SET state = 'pending', done_at = NULL WHERE id > 30")
    for email in emails[:3]:
        bouncing.settle(works, returned("postfix-unknown-user", letters[email]), NOW)
    assert [one.key.partition(":")[0] for one in standing(works, NOW).troubles] == ["halted"]
    (_, (held,)) = operations.returned(works.engine, NOW)
    assert (held.waiting, held.tally.letters, held.tally.hard) == (30, 30, 3)
    assert not send(works)
    operations.resume(works.engine, held.digest)
    bouncing.settle(works, returned("postfix-unknown-user", letters[emails[3]]), NOW)
    assert len(send(works)) == 30
    with pytest.raises(DigestError):
        operations.resume(works.engine, held.digest)


@pytest.mark.parametrize(
    ("tally", "too_much"),
    [
        ((19, 19, 19, 0), False),
        ((100, 5, 0, 0), False),
        ((100, 6, 0, 0), True),
        ((20, 2, 0, 0), False),
        ((300, 0, 1, 0), False),
        ((300, 0, 2, 0), True),
        ((1000, 0, 3, 0), False),
        ((1000, 0, 4, 0), True),
        ((20, 0, 0, 20), False),
    ],
)
def test_how_much_is_too_much(tally: tuple[int, int, int, int], too_much: bool) -> None:
    assert consequences.is_too_much(bounces.Tally(*tally)) is too_much


def test_days_count_as_long_as_no_week_was_quiet() -> None:
    today = date(2026, 11, 20)
    assert consequences.score([today - n * DAY for n in (0, 0, 1, 8, 15)], today) == 4
    assert consequences.score([today - n * DAY for n in (0, 8, 9)], today) == 1
    assert consequences.score([today - 8 * DAY], today) == 0


def test_a_mail_unsubscribes_whoever_sends_it(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    listed = send(works)["lin@reader.example"].headers["List-Unsubscribe"]
    https, mailto = listed.split(", ")
    assert https.startswith("<https://service.example/unsubscribe/paper/")
    address, _, subject = mailto.strip("<>").removeprefix("mailto:").partition("?subject=")
    mail = f"From: other@reader.example\nTo: {address}\nSubject: {subject.replace('%20', ' ')}\n\n"
    assert bouncing.settle(works, mail.replace("unsubscribe ", "unsubscribe x").encode(), NOW) == bouncing.UNRELATED
    assert bouncing.settle(works, mail.encode(), NOW) == bouncing.UNSUBSCRIBED
    assert bouncing.settle(works, mail.encode(), NOW) == bouncing.UNSUBSCRIBED
    assert standing(works, NOW).work["subscription"] == {"unsubscribed": 1}


def test_the_suppression_list_is_a_persons_to_change(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    operations.suppress(works.engine, works.key, "Lin@reader.example", NOW)
    operations.suppress(works.engine, works.key, "stranger@reader.example", NOW + DAY)
    assert state(works, "lin@reader.example") == ("bounced", "manual")
    lin, stranger = operations.suppressed(works.engine, works.key)
    assert (lin.address, lin.reason) == ("lin@reader.example", "manual")
    assert "stranger" not in stranger.address
    operations.lift(works.engine, works.key, "lin@reader.example")
    assert state(works, "lin@reader.example") == ("active", None)
    with pytest.raises(DigestError):
        operations.lift(works.engine, works.key, "lin@reader.example")


def test_a_mail_is_read_once_and_stays_where_nothing_can_be_stored(works: Works, tmp_path: Path) -> None:
    subscribe(works, "lin@reader.example")
    letter = send(works)["lin@reader.example"]
    folder = tmp_path / "mail"
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True)
    (folder / "new" / "1.host").write_bytes(returned("postfix-mailbox-full", letter))
    (folder / "new" / "2.host").write_bytes(b"\xff\x00 no mail at all")
    mailbox = open_mailbox(Bounces(maildir=folder), None)
    assert mailbox is not None
    with database.writing(works.engine) as store:
        store.exec_driver_sql("ALTER TABLE bounce RENAME TO gone")
    with pytest.raises(database.Trouble):
        bouncing.collect(works, mailbox, NOW)
    assert len(list((folder / "new").iterdir())) == 2
    with database.writing(works.engine) as store:
        store.exec_driver_sql("ALTER TABLE gone RENAME TO bounce")
    assert bouncing.collect(works, mailbox, NOW, lambda: False) == {}
    assert bouncing.collect(works, mailbox, NOW) == {"soft": 1, "unrelated": 1}
    assert bouncing.collect(works, mailbox, NOW) == {}
    assert {path.name for path in (folder / "cur").iterdir()} == {"1.host:2,S", "2.host:2,S"}


def test_what_came_back_is_forgotten_with_the_letter(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    bouncing.settle(works, returned("postfix-mailbox-full", send(works)["lin@reader.example"]), NOW)
    with database.writing(works.engine) as store:
        personal.forget_deliveries(store, NOW + DAY)
        assert bounces.counts(store, NOW + DAY, 30) == {}


def test_who_asks_is_told_what_came_back(works: Works) -> None:
    subscribe(works, "lin@reader.example")
    bouncing.settle(works, returned("postfix-mailbox-full", send(works)["lin@reader.example"]), NOW)
    with database.reading(works.engine) as store:
        row = subscribers.by_email(store, "lin@reader.example")
        assert row is not None
        (one,) = personal.data(store, row)["bounces"]
    assert (one["verdict"], one["status"]) == ("soft", "5.2.2")


def test_an_old_letter_is_no_word_about_its_domain(works: Works) -> None:
    subscribe(works, "lin@qq.example", "an@qq.example")
    letter = send(works)["lin@qq.example"]
    late = NOW + consequences.THROTTLED + timedelta(seconds=1)
    assert bouncing.settle(works, returned("postfix-to-qq-frequency", letter), late) == "throttle"
    with database.writing(works.engine) as store:
        store.exec_driver_sql("UPDATE delivery SET state = 'pending', done_at = NULL")
    channel = Taking()
    pipeline.deliver(replace(works, channel=lambda: channel), late)
    assert channel.taken.keys() == {"lin@qq.example", "an@qq.example"}


def test_a_domain_that_has_had_too_much_at_a_time_is_left_alone_for_an_hour(works: Works) -> None:
    subscribe(works, "lin@qq.example", "an@qq.example", "bo@reader.example")
    letters = send(works)
    with database.writing(works.engine) as store:
        store.exec_driver_sql("UPDATE delivery SET state = 'pending', done_at = NULL")
    assert bouncing.settle(works, returned("postfix-to-qq-frequency", letters["lin@qq.example"]), NOW) == "throttle"
    assert send(works).keys() == {"bo@reader.example"}
    later, channel = NOW + consequences.THROTTLED, Taking()
    pipeline.deliver(replace(works, channel=lambda: channel), later)
    assert channel.taken.keys() == {"lin@qq.example", "an@qq.example"}
    assert state(works, "lin@qq.example") == ("active", None)


HALVES = b"""From: MAILER-DAEMON@x.example
Subject: failure notice
Content-Type: text/plain; charset=utf-7

<+2AA-a@x.example> 550 5.1.1 no such user +2AA- %s
"""


def test_halves_of_characters_do_not_hold_up_the_mailbox(works: Works, tmp_path: Path) -> None:
    subscribe(works, "lin@reader.example")
    sender = send(works)["lin@reader.example"].envelope_sender or ""
    folder = tmp_path / "halves"
    for part in ("new", "cur"):
        (folder / part).mkdir(parents=True)
    (folder / "new" / "1.host").write_bytes(HALVES % b"")
    (folder / "new" / "2.host").write_bytes(HALVES % sender.encode())
    mailbox = open_mailbox(Bounces(maildir=folder), None)
    assert mailbox is not None
    assert bouncing.collect(works, mailbox, NOW) == {"unknown": 1, "hard": 1}
    assert state(works, "lin@reader.example") == ("bounced", "hard")


def test_a_mail_that_we_fail_at_waits_and_the_others_do_not(
    works: Works, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "odd"
    for part in ("new", "cur"):
        (folder / part).mkdir(parents=True)
    for name in ("1.host", "2.host"):
        (folder / "new" / name).write_text(name)
    settle = bouncing.settle

    def fails_at_first(works: Works, content: bytes, now: datetime) -> str:
        if content == b"1.host":
            raise RuntimeError
        return settle(works, content, now)

    monkeypatch.setattr(bouncing, "settle", fails_at_first)
    mailbox = open_mailbox(Bounces(maildir=folder), None)
    assert mailbox is not None
    assert bouncing.collect(works, mailbox, NOW) == {"unrelated": 1}
    assert [path.name for path in (folder / "new").iterdir()] == ["1.host"]


def ask(works: Works, now: datetime = NOW, channel: Taking | None = None) -> dict[str, Message]:
    """Have somebody fill in the form, and return what is sent, by recipient."""
    channel, paper = channel or Taking(), works.settings.publications[0]
    subscriptions.ask(works, paper, "Lin@reader.example", "issue", origin="192.0.2.0", wording="", now=now)
    pipeline.deliver(replace(works, channel=lambda: channel), now)
    return channel.taken


def test_a_mailbox_that_is_not_there_is_not_asked_again_while_its_address_is_kept(works: Works) -> None:
    (note,) = ask(works).values()
    assert bouncing.settle(works, returned("postfix-unknown-user", note), NOW) == "hard"
    assert state(works, "lin@reader.example") == ("bounced", None)
    (failure,) = standing(works).failures
    assert (failure.table, failure.state, "lin@" in failure.reason.lower()) == ("notice", "failed", False)
    assert standing(works).well
    kept = works.settings.subscribers.keep_unconfirmed
    assert ask(works, NOW + (kept - 1) * DAY) == {}
    assert ask(works, NOW + (kept + 1) * DAY).keys() == {"Lin@reader.example"}


def test_a_confirmation_that_is_refused_at_once_or_has_lost_its_envelope_is_known_as_well(works: Works) -> None:
    ask(works, channel=Taking("Lin@reader.example", "5.1.1 no such user"))
    assert ask(works, NOW + DAY) == {}
    operations.lift(works.engine, works.key, "lin@reader.example")  # by a person who knows better
    (note,) = ask(works, NOW + DAY).values()
    assert bouncing.settle(works, returned("arf-redacted", note), NOW + DAY) == "complaint"
    assert state(works, "lin@reader.example") == ("bounced", "complaint")


def test_a_confirmation_that_a_full_mailbox_sends_back_may_be_asked_for_again(works: Works) -> None:
    (note,) = ask(works).values()
    assert bouncing.settle(works, returned("postfix-mailbox-full", note), NOW) == "soft"
    assert ask(works, NOW + DAY).keys() == {"Lin@reader.example"}


def test_an_alarm_that_comes_back_is_one_that_nobody_has_heard(works: Works) -> None:
    with database.writing(works.engine) as store:
        notices.add(store, "operator@paper.example", "words", message_id="<a@b>", now=NOW, kind="alarm")
    channel = Taking()
    pipeline.deliver(replace(works, channel=lambda: channel), NOW)
    (alarm,) = channel.taken.values()
    assert bouncing.settle(works, returned("qmail-unknown", alarm), NOW) == "hard"
    assert [one.key for one in standing(works).troubles] == ["untold"]
