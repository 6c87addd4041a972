"""A run of the outbox: who waits for whom, how fast it goes, and what a domain or a paper in trouble means for others."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest import operations, pipeline, subscriptions
from digest.errors import DeliveryError, SenderError
from digest.model import Message
from digest.pace import ENOUGH, Pace
from digest.settings import Mail, Publication, Smtp
from digest.works import Works
from tests.faulty import Faulty
from tests.test_sending import Scripted, states, through
from tests.works import NOW, SECOND, drop, opened, settings_in, subscribe

THROTTLED = DeliveryError("error.smtp.refused", permanent=True, code=550, detail="Domain frequency limited")
BUSY = DeliveryError("error.smtp.refused", permanent=False, code=451, detail="4.7.1 later")


class Picky(Scripted):
    """Raises an error for one domain's recipients."""

    def __init__(self, domain: str, error: Exception) -> None:
        super().__init__()
        self.domain, self.error = domain, error
        self.asked: list[str] = []

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        self.asked.append(message.recipient)
        if message.recipient.endswith(self.domain):
            raise self.error
        super().send(message, on_data)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def queue(works: Works, *emails: str) -> None:
    for email in emails:
        subscribe(works.engine, email, "paper", "issue", NOW)
    drop(works, "a.md", SECOND)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)


def test_a_domain_that_has_had_enough_is_left_alone_and_nobody_is_burnt(works: Works) -> None:
    queue(works, "a@qq.example", "b@other.example", "c@qq.example", "d@qq.example")
    channel = Picky("@qq.example", THROTTLED)
    assert pipeline.deliver(through(works, channel), NOW) == 2
    assert channel.asked == ["a@qq.example", "b@other.example"]
    assert states(works) == {"pending": 3, "sent": 1}
    assert pipeline.deliver(through(works, channel), NOW + timedelta(minutes=5)) == 0
    assert pipeline.deliver(works, NOW + timedelta(minutes=9)) == 3
    assert states(works) == {"sent": 4}


def test_a_domain_that_refuses_one_after_another_is_left_alone(works: Works) -> None:
    queue(works, *(f"r{n}@grey.example" for n in range(ENOUGH + 5)), "z@other.example")
    channel = Picky("@grey.example", BUSY)
    pipeline.deliver(through(works, channel), NOW)
    assert len(channel.asked) == ENOUGH + 1
    assert channel.asked[-1] == "z@other.example"


def test_a_sender_that_is_refused_keeps_only_its_paper_waiting(tmp_path: Path) -> None:
    papers = Publication(slug="a", sender="a@a.example"), Publication(slug="b", sender="b@b.example")

    class NotFromA(Scripted):
        def send(self, message: Message, on_data: Callable[[], None]) -> None:
            if "a@a.example" in message.sender:
                raise SenderError("error.smtp.sender", code=550, detail="not you")
            super().send(message, on_data)

    with opened(settings_in(tmp_path, publications=papers)) as works:
        for slug in "ab":
            for reader in ("x@example.org", "y@example.org"):
                subscribe(works.engine, reader, slug, "issue", NOW)
            (works.settings.inbox.folder / slug / "x.md").write_text(SECOND, "utf-8")
        for _ in range(2):
            pipeline.ingest(works, NOW)
        pipeline.publish(works, NOW)
        pipeline.compose(works, NOW)
        with pytest.raises(SenderError):
            pipeline.deliver(through(works, NotFromA()), NOW)
        assert states(works) == {"pending": 2, "sent": 2}
        assert pipeline.deliver(works, NOW + timedelta(minutes=1)) == 0
        assert pipeline.deliver(works, NOW + timedelta(minutes=6)) == 2


def test_who_leaves_while_the_message_is_on_its_way_gets_nothing(works: Works) -> None:
    queue(works, "a@example.org", "b@example.org")

    class Leaving(Scripted):
        def send(self, message: Message, on_data: Callable[[], None]) -> None:
            if message.recipient == "a@example.org":
                subscriptions.unsubscribe(works.engine, "a@example.org", "paper", NOW)
            super().send(message, on_data)

    channel = Leaving()
    assert pipeline.deliver(through(works, channel), NOW) == 2
    assert [message.recipient for message in channel.taken] == ["b@example.org"]
    assert states(works) == {"cancelled": 1, "sent": 1}


@pytest.mark.parametrize(("policy", "then"), [("resend", {"pending": 1}), ("hold", {"uncertain": 1})])
def test_without_a_reply_a_message_is_sent_again_or_held(tmp_path: Path, policy: str, then: dict[str, int]) -> None:
    with Faulty(lambda _n: "mute") as server:
        mail = Mail(channel="smtp", no_reply=policy, smtp=Smtp(port=server.port, timeout=5))
        with opened(settings_in(tmp_path, mail=mail)) as works:
            queue(works, "a@example.org")
            pipeline.deliver(works, NOW)
            assert states(works) == then
            pipeline.deliver(works, NOW + timedelta(hours=1))
        ids = [message_id for _, message_id in server.taken]
        assert len(ids) == (2 if policy == "resend" else 1)
        assert len(set(ids)) == 1


def test_several_connections_send_each_message_once(tmp_path: Path) -> None:
    with Faulty() as server:
        mail = Mail(channel="smtp", smtp=Smtp(port=server.port, timeout=5, connections=4))
        with opened(settings_in(tmp_path, mail=mail)) as works:
            queue(works, *(f"r{n}@example.org" for n in range(30)))
            assert pipeline.deliver(works, NOW) == 30
            assert states(works) == {"sent": 30}
        assert len({recipient for recipient, _ in server.taken}) == len(server.taken) == 30


def test_what_was_being_sent_when_the_service_was_told_to_end_is_finished_and_no_more(works: Works) -> None:
    queue(works, "a@example.org", "b@example.org")

    class Stopping(Scripted):
        def send(self, message: Message, on_data: Callable[[], None]) -> None:
            works.stopping.set()
            super().send(message, on_data)

    assert pipeline.deliver(through(works, Stopping()), NOW) == 1
    assert states(works) == {"pending": 1, "sent": 1}


def test_messages_go_no_faster_than_they_may_and_one_domain_does_not_hold_up_another() -> None:
    clock = [0.0]
    pace = Pace(10, 1, lambda: clock[0])
    gone: list[tuple[float, str]] = []
    waiting = ["a", "a", "a", "b", "c"]
    while waiting:
        domain = min(waiting, key=pace.wait)
        clock[0] += pace.wait(domain)
        pace.take(domain)
        waiting.remove(domain)
        gone.append((round(clock[0], 1), domain))
    assert gone == [(0.0, "a"), (0.1, "b"), (0.2, "c"), (1.0, "a"), (2.0, "a")]


def test_the_more_often_a_domain_has_had_enough_the_longer_it_is_left_alone() -> None:
    pace = Pace(None, None, time.monotonic)
    pauses = [pace.refused("a", throttled=True) for _ in range(5)]
    assert pauses == [timedelta(minutes=minutes) for minutes in (8, 16, 32, 60, 60)]
    pace.accepted("a")
    assert [pace.refused("a", throttled=False) for _ in range(ENOUGH)] == [None] * (ENOUGH - 1) + [pauses[0]]


def test_a_delivery_lists_why_it_waits(works: Works) -> None:
    queue(works, "a@qq.example", "b@qq.example")
    pipeline.deliver(through(works, Picky("@qq.example", THROTTLED)), NOW)
    assert ["550" in (one.error or "") for one in operations.deliveries(works.engine)] == [True, False]
    assert all("qq.example" in (one.error or "") for one in operations.deliveries(works.engine)[1:])
