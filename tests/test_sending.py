"""What goes wrong with one message is its own trouble; nothing is sent twice, and nothing is tried for ever."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest import operations, pipeline
from digest.errors import ChannelError, DeliveryError
from digest.mailing import CHANNEL_TRIES
from digest.model import Message
from digest.settings import Publication
from digest.store import database, notices, outbox
from digest.works import Works
from tests.works import NOW, SECOND, drop, opened, settings_in, standing, subscribe

BUSY = DeliveryError("error.smtp.refused", permanent=False, code=451, detail="busy")
AWAY = ChannelError("error.smtp.connect", host="h", port=25, detail="no route")


class Scripted:
    """A channel that takes a message, or raises what it is told to, before its last dot or after."""

    def __init__(self, before: BaseException | None = None, after: BaseException | None = None) -> None:
        self.errors = [before, after]
        self.taken: list[Message] = []

    def __enter__(self) -> "Scripted":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        before, after = self.errors
        if before is not None and not message.recipient.startswith("good"):
            raise before
        on_data()
        if after is not None and not message.recipient.startswith("good"):
            raise after
        self.taken.append(message)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    """A letter waits for two readers, the one that a channel has trouble with first."""
    with opened(settings_in(tmp_path)) as works:
        for email in ("bad@example.org", "good@example.org"):
            subscribe(works.engine, email, "paper", "issue", NOW)
        drop(works, "a.md", SECOND)
        pipeline.publish(works, NOW)
        pipeline.compose(works, NOW)
        yield works


def through(works: Works, channel: Scripted) -> Works:
    return replace(works, channel=lambda: channel)


def states(works: Works, now: datetime = NOW) -> dict[str, int]:
    return dict(standing(works, now).work["delivery"])


def test_a_defect_before_the_last_dot_is_tried_again_and_stops_nobody(works: Works) -> None:
    assert pipeline.deliver(through(works, Scripted(before=UnicodeError("no such name"))), NOW) == 2
    assert states(works) == {"pending": 1, "sent": 1}
    (waiting,) = operations.deliveries(works.engine)
    assert waiting.error == "UnicodeError: no such name"
    assert pipeline.deliver(works, NOW + timedelta(minutes=1)) == 0
    assert pipeline.deliver(works, NOW + timedelta(minutes=2)) == 1
    assert states(works) == {"sent": 2}


def test_a_defect_after_the_last_dot_is_uncertain_and_stops_nobody(works: Works) -> None:
    assert pipeline.deliver(through(works, Scripted(after=ValueError("?"))), NOW) == 2
    assert states(works) == {"sent": 1, "uncertain": 1}
    assert pipeline.deliver(works, NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize("broken", ["mark_sent", "release"])
def test_what_was_taken_is_not_sent_again_when_that_cannot_be_written(
    works: Works, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise OSError("disk full")

    channel = Scripted()
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "mark_sent", locked)
        patched.setattr(outbox, broken, locked)
        with pytest.raises(OSError, match="disk full"):
            pipeline.deliver(through(works, channel), NOW)
    assert pipeline.deliver(through(works, channel), NOW) == 1
    assert [message.recipient for message in channel.taken] == ["bad@example.org", "good@example.org"]
    assert states(works) == {"sent": 1, "uncertain": 1}


def test_what_an_interrupt_has_cut_off_at_the_last_dot_is_uncertain(works: Works) -> None:
    with pytest.raises(KeyboardInterrupt):
        pipeline.deliver(through(works, Scripted(after=KeyboardInterrupt())), NOW)
    assert states(works) == {"pending": 1, "uncertain": 1}


def test_a_letter_that_grew_old_while_no_service_ran_gets_a_fair_chance(works: Works) -> None:
    busy, later = through(works, Scripted(before=BUSY)), NOW + timedelta(days=3)
    assert pipeline.deliver(busy, later) == 2
    assert pipeline.deliver(busy, later + timedelta(minutes=2)) == 1
    assert states(works) == {"pending": 1, "sent": 1}
    assert pipeline.deliver(busy, later + timedelta(minutes=6)) == 1
    assert states(works) == {"failed": 1, "sent": 1}


def test_a_letter_that_nobody_could_take_for_so_long_is_given_up(works: Works) -> None:
    away = through(works, Scripted(before=AWAY))
    for n in range(CHANNEL_TRIES):
        with pytest.raises(ChannelError):
            pipeline.deliver(away, NOW + timedelta(minutes=n))
    assert states(works) == {"pending": 2}
    with pytest.raises(ChannelError):
        pipeline.deliver(away, NOW + timedelta(hours=25))
    assert states(works) == {"failed": 2}
    assert all("no route" in (one.error or "") for one in operations.deliveries(works.engine))


def test_a_machine_that_was_off_and_has_no_network_yet_gives_nothing_up(works: Works) -> None:
    later = NOW + timedelta(days=3)
    with pytest.raises(ChannelError):
        pipeline.deliver(through(works, Scripted(before=AWAY)), later)
    assert states(works) == {"pending": 2}
    assert pipeline.deliver(works, later) == 2


def test_a_notice_that_cannot_be_sent_keeps_no_letter_waiting(works: Works) -> None:
    with database.writing(works.engine) as store:
        notices.add(store, "bad@paper.example", "x", message_id="<1@paper.example>", now=NOW)
    channel = Scripted(before=UnicodeError("no such name"))
    assert pipeline.deliver(through(works, channel), NOW) == 2
    with database.reading(works.engine) as store:
        assert notices.due(store, NOW) == []
        (again,) = notices.due(store, NOW + timedelta(minutes=2))
    assert again.attempts == 1


def test_letters_go_before_notices(works: Works) -> None:
    class NoticesFail(Scripted):
        def send(self, message: Message, on_data: Callable[[], None]) -> None:
            if message.recipient == "editor@paper.example":
                raise AWAY
            super().send(message, on_data)

    with database.writing(works.engine) as store:
        notices.add(store, "editor@paper.example", "x", message_id="<1@paper.example>", now=NOW)
    with pytest.raises(ChannelError):
        pipeline.deliver(through(works, NoticesFail()), NOW)
    assert states(works) == {"sent": 2}


def test_a_notice_comes_from_the_address_of_its_paper(tmp_path: Path) -> None:
    papers = (
        Publication(slug="a", editor="a@paper.example"),
        Publication(slug="b", editor="b@paper.example", sender="digest@b.example"),
    )
    with opened(settings_in(tmp_path, publications=papers)) as works:
        with database.writing(works.engine) as store:
            for n, paper in enumerate(papers):
                notices.add(store, str(paper.editor), "x", message_id=f"<{n}@paper.example>", now=NOW)
        channel = Scripted()
        pipeline.deliver(through(works, channel), NOW)
        assert [message.sender for message in channel.taken] == [works.settings.mail.sender, "digest@b.example"]


def test_a_paper_taken_out_of_the_settings_keeps_no_other_waiting(tmp_path: Path) -> None:
    both = Publication(slug="a"), Publication(slug="b")
    with opened(settings_in(tmp_path, publications=both)) as works:
        for slug in "ab":
            subscribe(works.engine, "good@example.org", slug, "issue", NOW)
            (works.settings.inbox.folder / slug / "x.md").write_text(SECOND, "utf-8")
        for _ in range(2):
            pipeline.ingest(works, NOW)
        pipeline.publish(works, NOW)
        assert pipeline.compose(works, NOW) == 2
    with opened(settings_in(tmp_path, publications=both[1:]), sound=False) as works:
        assert pipeline.deliver(works, NOW) == 1
        assert states(works) == {"pending": 1, "sent": 1}
