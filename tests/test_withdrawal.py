"""What was withdrawn is mailed to nobody any more, whatever became of its letter before."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest import editing, operations, pipeline
from digest.errors import DeliveryError, DigestError
from digest.model import Message, StoredIssue
from digest.works import Works
from tests.test_sending import Scripted, states, through
from tests.works import FIRST, NOW, drop, opened, settings_in, subscribe

REFUSED = DeliveryError("error.smtp.refused", permanent=True, code=550, detail="no")
KEPT, WITHDRAWN = "镇图书馆新添三千册书", "老渡口恢复摆渡"


class Watched(Scripted):
    """A channel during whose first message something is done."""

    def __init__(self, do: Callable[[], object]) -> None:
        super().__init__()
        self._do = do

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        super().send(message, on_data)
        if len(self.taken) == 1:
            self._do()


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    """A letter of two articles waits for three readers; a fourth gets hers once a day."""
    with opened(settings_in(tmp_path)) as works:
        for email in ("bad@example.org", "good1@example.org", "good2@example.org"):
            subscribe(works.engine, email, "paper", "issue", NOW)
        subscribe(works.engine, "good3@example.org", "paper", "daily", NOW)
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        pipeline.compose(works, NOW)
        yield works


def withdraw(works: Works, *places: int) -> None:
    for place in places or (1,):
        editing.retract(works, "paper", f"2026/11/19/{place}/", None, NOW)


def mailed(works: Works, channel: Scripted | None = None) -> list[Message]:
    """Publish, compose and send what is due; return the messages that were taken."""
    taking = channel or Scripted()
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    pipeline.deliver(through(works, taking), NOW)
    return taking.taken


def test_a_letter_sent_again_is_without_it(works: Works) -> None:
    assert len(mailed(works, Scripted(before=REFUSED))) == 2
    (failed,) = operations.deliveries(works.engine)
    withdraw(works)
    operations.resend(works.engine, failed.id, NOW)
    assert pipeline.deliver(works, NOW) == 0  # the letter is to be made again first
    (letter,) = mailed(works)
    assert KEPT in letter.text
    assert WITHDRAWN not in letter.text


def test_the_same_reason_again_changes_nothing(works: Works) -> None:
    def retract(reason: str) -> list[StoredIssue]:
        editing.retract(works, "paper", "2026/11/19/1/", reason, NOW)
        return pipeline.publish(works, NOW)

    assert retract("图片有误")
    with pytest.raises(DigestError, match="withdrawn_already"):
        retract("图片有误")
    assert not pipeline.publish(works, NOW)
    assert retract("来源有误")


def test_a_letter_of_which_nothing_is_left_cannot_be_sent_again(works: Works) -> None:
    mailed(works, Scripted(before=REFUSED))
    (failed,) = operations.deliveries(works.engine)
    withdraw(works, 1, 2)
    assert mailed(works) == []
    with pytest.raises(DigestError) as refusal:
        operations.resend(works.engine, failed.id, NOW)
    assert refusal.value.code == "error.delivery"
    assert mailed(works) == []


def test_who_changes_to_another_letter_gets_it_without(works: Works) -> None:
    assert len(mailed(works)) == 3
    withdraw(works)
    mailed(works)
    subscribe(works.engine, "good3@example.org", "paper", "issue", NOW)
    (letter,) = mailed(works)
    assert letter.recipient == "good3@example.org"
    assert KEPT in letter.text
    assert WITHDRAWN not in letter.text


def test_the_rest_of_a_batch_gets_the_letter_without_it_under_the_same_ids(works: Works) -> None:
    channel = Watched(lambda: withdraw(works))
    (first,) = mailed(works, channel)
    assert WITHDRAWN in first.text
    assert states(works) == {"pending": 2, "sent": 1}
    rest = mailed(works)
    assert [message.recipient for message in rest] == ["good1@example.org", "good2@example.org"]
    assert all(KEPT in message.text and WITHDRAWN not in message.text for message in rest)
    letters = {message.message_id.partition(".")[0] for message in (first, *rest)}
    assert len(letters) == 1


@pytest.mark.parametrize(("places", "count"), [((1,), 3), ((1, 2), 1)])
def test_a_letter_made_again_while_its_batch_is_sent_goes_out_as_it_is_by_then(
    works: Works, places: tuple[int, ...], count: int
) -> None:
    def edit() -> None:
        withdraw(works, *places)
        pipeline.compose(works, NOW)

    letters = mailed(works, Watched(edit))
    assert [WITHDRAWN in letter.text for letter in letters] == [True, False, False][:count]


def test_a_letter_is_made_again_once(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    mailed(works)
    withdraw(works)
    mailed(works)

    def unexpected(*_: object) -> None:
        pytest.fail("nothing is left to be made")

    monkeypatch.setattr("digest.mail.render", unexpected)
    assert pipeline.compose(works, NOW) == 0
