"""What a mail server may do to a message, and whose trouble it is."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.delivery import CHANNELS, Means
from digest.delivery.smtp import LOST_IN_A_ROW
from digest.errors import ChannelError, DeliveryError
from digest.settings import Smtp
from tests.delivery.test_mime import MESSAGE
from tests.faulty import Fault, Faulty

GREETINGS = ["250-faulty\r\n250 PIPELINING", "250 faulty"]


def first(*faults: Fault | None) -> Callable[[int], Fault | None]:
    """Return what has these faults happen to the first messages, and none to the others."""
    return lambda n: faults[n] if n < len(faults) else None


def send(server: Faulty, tmp_path: Path, times: int = 1, **changes: Any) -> list[DeliveryError | None]:
    """Send messages on one channel and return what became of each."""
    smtp = replace(Smtp(port=server.port, timeout=5), **changes)
    outcomes: list[DeliveryError | None] = []
    with CHANNELS["smtp"](Means(smtp, None, tmp_path)) as channel:
        for n in range(times):
            try:
                channel.send(replace(MESSAGE, message_id=f"<{n}@paper.example>"), lambda: None)
            except DeliveryError as error:
                outcomes.append(error)
            else:
                outcomes.append(None)
    return outcomes


@pytest.mark.parametrize("greeting", GREETINGS)
@pytest.mark.parametrize("fault", ["goodbye", "silent"])
def test_a_server_that_hangs_up_gets_the_message_on_another_connection(
    tmp_path: Path, fault: Fault, greeting: str
) -> None:
    with Faulty(first(fault, None, fault), greeting) as server:
        assert send(server, tmp_path, 3) == [None, None, None]
        assert len({message_id for _, message_id in server.taken}) == len(server.taken) == 3


def test_a_message_that_makes_the_server_hang_up_is_to_blame_unless_others_are_lost_like_it(tmp_path: Path) -> None:
    with Faulty(lambda n: "silent" if n < 3 else None) as server:
        lost, sent = send(server, tmp_path, 2)
        assert (lost and lost.code, sent) == ("error.smtp.connection", None)
    with Faulty(lambda _n: "silent") as server, pytest.raises(ChannelError):
        send(server, tmp_path, LOST_IN_A_ROW)


@pytest.mark.parametrize("greeting", GREETINGS)
@pytest.mark.parametrize(
    ("fault", "permanent"), [("unknown", True), ("busy", False), ("full", False), ("relay", False), ("throttle", True)]
)
def test_who_is_refused_keeps_no_other_waiting(tmp_path: Path, fault: Fault, permanent: bool, greeting: str) -> None:
    with Faulty(first(fault), greeting) as server:
        refused, sent = send(server, tmp_path, 2)
        assert refused is not None
        assert (refused.code, refused.permanent, sent) == ("error.smtp.refused", permanent, None)
        assert server.connections == 1


@pytest.mark.parametrize("fault", ["mute", "cut"])
def test_without_a_reply_nobody_knows(tmp_path: Path, fault: Fault) -> None:
    with Faulty(first(fault)) as server:
        unknown, sent = send(server, tmp_path, 2)
        assert unknown is not None
        assert (unknown.unanswered, unknown.permanent, sent) == (True, False, None)


def test_a_connection_carries_as_many_messages_as_it_may(tmp_path: Path) -> None:
    with Faulty() as server:
        assert send(server, tmp_path, 5, per_connection=2) == [None] * 5
        assert server.connections == 3


def test_a_service_that_ends_does_not_wait_for_a_server_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.delivery.connection.STOP_SECONDS", 0.1)
    means = Means(Smtp(), None, tmp_path)
    marks: list[float] = []

    def on_data() -> None:
        marks.append(time.monotonic())
        threading.Timer(0.2, means.stopping.set).start()

    with Faulty(first("hang")) as server, CHANNELS["smtp"](replace(means, smtp=Smtp(port=server.port))) as channel:
        with pytest.raises(ChannelError) as ended:
            channel.send(MESSAGE, on_data)
        assert (ended.value.code, len(marks), len(server.taken)) == ("error.smtp.stopped", 1, 1)
