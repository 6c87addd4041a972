"""A digest goes to each subscriber once: what is made, claimed, marked and settled."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update

from digest.model import Letter, Preferences
from digest.store import database, digests, outbox, publications, subscribers, watching
from digest.store.schema import subscription
from tests.store.test_issues import publish, save

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LETTER = Letter("主题", "<p>信", "信")


def subscribe(engine: database.Engine, *emails: str, cadence: str = "issue") -> None:
    with database.writing(engine) as store:
        for email in emails:
            row = subscribers.add(store, email, email, email.partition("@")[0], NOW)
            subscribers.subscribe(store, row, publications.id_of(store, "yunting"), cadence, NOW)


def compose(engine: database.Engine, now: datetime = NOW) -> int:
    with database.writing(engine) as store:
        wanted = digests.wanted(store, publications.id_of(store, "yunting"), now)
        for n, one in enumerate(wanted):
            digests.save(store, LETTER, one, public_id=f"{one.after}-{one.through}-{n}", now=now)
            digests.queue(store, one, domain="paper.example", now=now)
            digests.pass_over(store, one, now)
    return len(wanted)


def claim(engine: database.Engine, now: datetime = NOW) -> list[outbox.Claimed]:
    with database.writing(engine) as store:
        return outbox.claim(store, now, 10, {"yunting"})


def states(engine: database.Engine) -> dict[str, int]:
    with database.reading(engine) as store:
        return watching.work(store)["delivery"]


@pytest.fixture
def queued(engine: database.Engine) -> database.Engine:
    subscribe(engine, "a@example.org", "b@example.org")
    save(engine)
    publish(engine)
    compose(engine)
    return engine


def test_each_subscriber_has_one_delivery(queued: database.Engine) -> None:
    claimed = claim(queued)
    assert [one.email for one in claimed] == ["a@example.org", "b@example.org"]
    assert len({one.message_id for one in claimed}) == 2
    assert claim(queued) == []


def test_nothing_is_made_twice(queued: database.Engine) -> None:
    assert compose(queued) == 0
    assert states(queued) == {"pending": 2}


def test_who_subscribes_later_gets_nothing_old(queued: database.Engine) -> None:
    subscribe(queued, "c@example.org")
    assert compose(queued) == 0
    save(queued, key="next", content=b"2")
    publish(queued)
    assert compose(queued) == 1
    assert states(queued) == {"pending": 5}


def test_who_is_not_due_waits_and_nobody_is_due_at_a_time_that_nobody_has_worked_out(engine: database.Engine) -> None:
    daily = Preferences(cadence="daily")
    subscribe(engine, "a@example.org", cadence="daily")
    save(engine)
    publish(engine)
    assert compose(engine) == 0
    with database.writing(engine) as store:
        paper = publications.id_of(store, "yunting")
        assert digests.unscheduled(store, paper, NOW) == [daily]
        digests.schedule(store, paper, daily, NOW + HOUR, now=NOW)
        assert digests.unscheduled(store, paper, NOW) == []
    assert compose(engine) == 0
    assert compose(engine, NOW + HOUR) == 1


def test_only_those_wait_on_who_have_the_schedule_and_were_served(engine: database.Engine) -> None:
    subscribe(engine, "a@example.org", "b@example.org", cadence="daily")
    daily, late = Preferences(cadence="daily"), Preferences(cadence="daily", send_at=time(18, 0))
    with database.writing(engine) as store:
        paper = publications.id_of(store, "yunting")
        row = subscribers.by_email(store, "b@example.org")
        store.execute(update(subscription).where(subscription.c.subscriber_id == row).values(send_at="18:00"))
        for one in (daily, late):
            digests.schedule(store, paper, one, NOW, now=NOW)
        digests.put_off(store, paper, daily, NOW + HOUR, now=NOW, served=1)
        assert digests.due(store, paper, NOW) in ([daily, late], [late, daily])
        digests.put_off(store, paper, daily, NOW + HOUR, now=NOW)
        assert digests.due(store, paper, NOW) == [late]
        assert digests.due(store, paper, NOW + HOUR) in ([daily, late], [late, daily])


def test_a_time_that_a_wrong_clock_has_worked_out_is_none(engine: database.Engine) -> None:
    subscribe(engine, "a@example.org", cadence="daily")
    daily = Preferences(cadence="daily")
    with database.writing(engine) as store:
        paper = publications.id_of(store, "yunting")
        digests.schedule(store, paper, daily, NOW + timedelta(days=900), now=NOW)
        assert digests.unscheduled(store, paper, NOW) == [daily]


def test_who_has_left_is_no_longer_wanted(queued: database.Engine) -> None:
    first, second = claim(queued)
    with database.writing(queued) as store:
        row = subscribers.by_email(store, "a@example.org")
        assert row is not None
        assert subscribers.unsubscribe(store, row, publications.id_of(store, "yunting"), NOW)
        assert not subscribers.unsubscribe(store, row, publications.id_of(store, "yunting"), NOW)
        assert not outbox.is_wanted(store, first.id)
        assert not outbox.mark_data(store, first.id, first.version)
        assert outbox.is_wanted(store, second.id)
        assert outbox.mark_data(store, second.id, second.version)


def test_a_retry_waits_and_counts(queued: database.Engine) -> None:
    first, second = claim(queued)
    with database.writing(queued) as store:
        outbox.retry(store, first.id, NOW + timedelta(minutes=2), "451")
        outbox.mark_sent(store, second.id, NOW)
    assert claim(queued) == []
    (again,) = claim(queued, NOW + timedelta(minutes=2))
    assert (again.id, again.attempts) == (first.id, 1)
    assert again.message_id == first.message_id


def test_after_a_crash_only_what_the_server_may_have_is_uncertain(queued: database.Engine) -> None:
    first, _ = claim(queued)
    with database.writing(queued) as store:
        outbox.mark_data(store, first.id, first.version)
        outbox.recover(store, resend=False)
    assert states(queued) == {"pending": 1, "uncertain": 1}


def test_the_letter_is_kept_as_it_was_made_until_it_is_to_be_made_again(queued: database.Engine) -> None:
    first, _ = claim(queued)
    with database.writing(queued) as store:
        paper = publications.id_of(store, "yunting")
        assert outbox.letter(store, first.digest_id, 1) == LETTER
        digests.make_stale(store, 1, paper)
        assert outbox.letter(store, first.digest_id, 1) is None
        assert not outbox.mark_data(store, first.id, 1)
        digests.renew(store, first.digest_id, replace(LETTER, subject="新"))
        assert outbox.letter(store, first.digest_id, 1) is None
        assert not outbox.mark_data(store, first.id, 1)
        assert outbox.letter(store, first.digest_id, 2) == replace(LETTER, subject="新")
        assert outbox.mark_data(store, first.id, 2)


def test_a_letter_of_which_nothing_is_left_is_sent_by_nobody(queued: database.Engine) -> None:
    claim(queued)
    subscribe(queued, "late@example.org")
    with database.writing(queued) as store:
        paper = publications.id_of(store, "yunting")
        digests.make_stale(store, 1, paper)
        ((digest_id, made, wanted),) = digests.stale(store, paper)
        assert (made, digests.is_made(store, wanted)) == (NOW, False)
        digests.renew(store, digest_id, None)
        late = subscribers.by_email(store, "late@example.org")
        store.execute(update(subscription).where(subscription.c.subscriber_id == late).values(sent_through=0))
        digests.queue(store, wanted, domain="paper.example", now=NOW)
        assert not digests.is_made(store, wanted)
    assert states(queued) == {"cancelled": 2}


def test_coming_back_begins_anew(queued: database.Engine) -> None:
    with database.writing(queued) as store:
        row = subscribers.by_email(store, "a@example.org")
        assert row is not None
        subscribers.unsubscribe(store, row, publications.id_of(store, "yunting"), NOW)
    save(queued, key="missed", content=b"2")
    publish(queued)
    subscribe(queued, "a@example.org")
    with database.reading(queued) as store:
        wanted = digests.wanted(store, publications.id_of(store, "yunting"), NOW)
        assert [one.email for one in subscribers.listed(store) if one.state == "active"] == [
            "a@example.org",
            "b@example.org",
        ]
    assert len(wanted) == 1  # only for b, who has missed nothing


def test_what_a_paper_that_is_no_more_left_behind_waits(queued: database.Engine) -> None:
    with database.writing(queued) as store:
        assert outbox.claim(store, NOW, 10, {"other"}) == []
    assert len(claim(queued)) == 2


def test_what_a_clock_that_stood_ahead_has_put_off_is_due(queued: database.Engine) -> None:
    first, second = claim(queued)
    with database.writing(queued) as store:
        outbox.retry(store, first.id, NOW + timedelta(days=3650), "451")
        outbox.retry(store, second.id, NOW + timedelta(hours=1), "451")
    assert [one.id for one in claim(queued)] == [first.id]


def test_only_what_was_not_begun_is_released(queued: database.Engine) -> None:
    first, second = claim(queued)
    with database.writing(queued) as store:
        outbox.mark_data(store, first.id, first.version)
        outbox.release(store, [first.id, second.id], resend=False)
    assert states(queued) == {"pending": 1, "uncertain": 1}


def test_what_may_have_arrived_is_sent_again_where_that_is_wanted(queued: database.Engine) -> None:
    first, _ = claim(queued)
    with database.writing(queued) as store:
        outbox.mark_data(store, first.id, first.version)
        outbox.recover(store, resend=True)
    assert states(queued) == {"pending": 2}


def test_after_a_power_cut_nobody_knows_what_of_the_claimed_was_sent(queued: database.Engine) -> None:
    with database.writing(queued) as store:
        outbox.note_boot(store, "one")
    claim(queued)
    for boot, expected in (("one", {"claimed": 2}), ("two", {"data": 2})):
        with database.writing(queued) as store:
            outbox.note_boot(store, boot)
        assert states(queued) == expected


def test_a_domain_that_has_had_enough_keeps_nobody_else_waiting(engine: database.Engine) -> None:
    subscribe(engine, "a@example.org", "b@Example.com", "c@example.com", "d@sub.example.com")
    save(engine)
    publish(engine)
    compose(engine)
    with database.writing(engine) as store:
        outbox.pause_domain(store, "example.com", NOW + HOUR, "550 frequency limited")
    assert [one.email for one in claim(engine)] == ["a@example.org", "d@sub.example.com"]
    assert [one.email for one in claim(engine, NOW + HOUR)] == ["b@Example.com", "c@example.com"]


def test_a_paper_whose_sender_is_refused_waits(queued: database.Engine) -> None:
    with database.writing(queued) as store:
        outbox.pause_paper(store, "other", NOW + HOUR, "550")
        outbox.pause_paper(store, "yunting", NOW + HOUR, "550")
    assert claim(queued) == []
    assert [one.attempts for one in claim(queued, NOW + HOUR)] == [0, 0]


def test_what_is_done_is_not_released(queued: database.Engine) -> None:
    first, second = claim(queued)
    with database.writing(queued) as store:
        outbox.mark_sent(store, first.id, NOW)
        outbox.fail(store, second.id, NOW, "550")
        outbox.release(store, [first.id, second.id], resend=False)
    assert states(queued) == {"failed": 1, "sent": 1}


def test_who_could_not_be_served_is_due_at_once_but_not_for_ever(queued: database.Engine) -> None:
    for n in range(1, 4):
        ids = [one.id for one in claim(queued)]
        assert len(ids) == 2
        with database.writing(queued) as store:
            made_before = NOW + timedelta(seconds=1)
            outbox.count_try(store, ids, "no route", now=NOW, made_before=made_before, tries=3)
            outbox.release(store, ids, resend=False)
        assert states(queued) == ({"pending": 2} if n < 3 else {"failed": 2})
