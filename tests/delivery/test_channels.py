"""A message reaches a real SMTP server on loopback, and every refusal is the right one's fault."""

import asyncio
import email
import errno
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from digest.delivery import CHANNELS, Means
from digest.errors import ChannelError, DeliveryError, SenderError
from digest.settings import Smtp
from tests.delivery.test_mime import MESSAGE


class Server:
    """Takes messages, unless it has been told to refuse."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.refuse: dict[str, str] = {}
        self.events: list[str] = []

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" not in self.refuse:
            envelope.mail_from = address
        return self.refuse.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" not in self.refuse:
            envelope.rcpt_tos.append(address)
        return self.refuse.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.events.append("dot")
        if "DROP" in self.refuse:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if "HANG UP" in self.refuse:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.write(f"{self.refuse['HANG UP']}\r\n".encode())
            server.transport.close()
        elif "DATA" not in self.refuse:
            self.envelopes.append(envelope)
        await asyncio.sleep(0)
        return self.refuse.get("DATA", "250 OK")


@pytest.fixture
def server() -> Iterator[tuple[Server, Smtp]]:
    handler = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, Smtp(host="127.0.0.1", port=port, timeout=5)
    controller.stop()


def send(smtp: Smtp, tmp_path: Path, *, times: int = 1, on_data: Callable[[], Any] = lambda: None) -> None:
    with CHANNELS["smtp"](Means(smtp, None, tmp_path)) as channel:
        for n in range(times):
            channel.send(replace(MESSAGE, message_id=f"<{n}@paper.example>"), on_data)


def test_a_letter_arrives_as_it_was_written(server: tuple[Server, Smtp], tmp_path: Path) -> None:
    handler, smtp = server
    send(smtp, tmp_path)
    (envelope,) = handler.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("digest@paper.example", ["reader@example.org"])
    assert isinstance(envelope.content, bytes)
    mail = email.message_from_bytes(envelope.content, policy=policy.default)
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().splitlines() == MESSAGE.text.splitlines()


def test_the_mark_comes_right_before_the_last_dot(server: tuple[Server, Smtp], tmp_path: Path) -> None:
    handler, smtp = server

    def mark() -> None:
        time.sleep(0.1)  # for a dot that went before it to arrive
        handler.events.append("mark")

    send(smtp, tmp_path, on_data=mark)
    assert handler.events == ["mark", "dot"]


def test_one_connection_carries_many_messages(server: tuple[Server, Smtp], tmp_path: Path) -> None:
    handler, smtp = server
    send(smtp, tmp_path, times=5)
    assert len(handler.envelopes) == 5


@pytest.mark.parametrize(
    ("at", "reply", "permanent"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "451 4.7.1 try again later", False),
        ("DATA", "554 5.6.0 no", True),
        ("DATA", "452 4.2.2 full", False),
        ("DROP", "421 gone", False),
        ("HANG UP", "554 5.7.1 spam", True),
    ],
)
def test_a_refusal_is_the_recipients(
    server: tuple[Server, Smtp], tmp_path: Path, at: str, reply: str, *, permanent: bool
) -> None:
    handler, smtp = server
    handler.refuse = {at: reply}
    with pytest.raises(DeliveryError) as refusal:
        send(smtp, tmp_path)
    assert refusal.value.permanent is permanent
    handler.refuse = {}
    send(smtp, tmp_path)
    assert len(handler.envelopes) >= 1


def test_after_a_refusal_the_connection_serves_the_next(server: tuple[Server, Smtp], tmp_path: Path) -> None:
    handler, smtp = server
    with CHANNELS["smtp"](Means(smtp, None, tmp_path)) as channel:
        for reply in ({"RCPT": "550 no"}, {"DATA": "550 no"}, {"DROP": "421 gone"}, {"HANG UP": "554 no"}):
            handler.refuse = reply
            with pytest.raises(DeliveryError):
                channel.send(MESSAGE, lambda: None)
        handler.refuse = {}
        handler.envelopes.clear()
        channel.send(MESSAGE, lambda: None)
    assert len(handler.envelopes) == 1


def test_a_refused_sender_is_no_recipient_s_fault_and_keeps_no_other_waiting(
    server: tuple[Server, Smtp], tmp_path: Path
) -> None:
    handler, smtp = server
    with CHANNELS["smtp"](Means(smtp, None, tmp_path)) as channel:
        handler.refuse = {"MAIL": "550 5.7.1 not you"}
        with pytest.raises(SenderError):
            channel.send(MESSAGE, lambda: None)
        handler.refuse = {}
        channel.send(replace(MESSAGE, sender="other@paper.example"), lambda: None)
    assert [envelope.mail_from for envelope in handler.envelopes] == ["other@paper.example"]


def test_no_server_is_nobodys_fault_among_the_recipients(tmp_path: Path) -> None:
    with pytest.raises(ChannelError) as refusal:
        send(Smtp(host="127.0.0.1", port=1, timeout=1), tmp_path)
    assert refusal.value.code == "error.smtp.connect"


def test_tls_is_never_left_out(server: tuple[Server, Smtp], tmp_path: Path) -> None:
    handler, smtp = server
    with pytest.raises(ChannelError):
        send(replace(smtp, security="starttls"), tmp_path)
    assert handler.envelopes == []


def test_a_wrong_password_stops_the_run(tmp_path: Path) -> None:
    def no(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Server(), hostname="127.0.0.1", port=port, authenticator=no, auth_require_tls=False)
    controller.start()
    try:
        with pytest.raises(ChannelError) as refusal:
            send(Smtp(host="127.0.0.1", port=port, username="digest", timeout=5), tmp_path)
    finally:
        controller.stop()
    assert refusal.value.code == "error.smtp.login", refusal.value.facts


def test_the_folder_gets_a_file_a_message(tmp_path: Path) -> None:
    with CHANNELS["folder"](Means(Smtp(), None, tmp_path / "outbox")) as channel:
        marks: list[str] = []
        channel.send(MESSAGE, lambda: marks.append("mark"))
        channel.send(MESSAGE, lambda: marks.append("mark"))
    assert [path.name for path in (tmp_path / "outbox").iterdir()] == ["ab.cd@paper.example.eml"]
    assert len(marks) == 2


def test_a_mark_that_cannot_be_made_sends_nothing_and_the_next_message_goes(
    server: tuple[Server, Smtp], tmp_path: Path
) -> None:
    def fail() -> None:
        raise RuntimeError("database is locked")

    handler, smtp = server
    with CHANNELS["smtp"](Means(smtp, None, tmp_path)) as channel:
        with pytest.raises(RuntimeError):
            channel.send(replace(MESSAGE, message_id="<lost@paper.example>"), fail)
        channel.send(MESSAGE, lambda: None)
    (envelope,) = handler.envelopes
    assert isinstance(envelope.content, bytes)
    assert b"lost@" not in envelope.content


def test_what_a_folder_has_no_room_for_was_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not marked as on its way, so that there is another try; half a file is not left behind."""

    def full(_path: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    marks: list[None] = []
    monkeypatch.setattr(Path, "write_bytes", full)
    with CHANNELS["folder"](Means(Smtp(), None, tmp_path)) as channel, pytest.raises(OSError, match="No space"):
        channel.send(MESSAGE, lambda: marks.append(None))
    assert marks == []
    assert list(tmp_path.iterdir()) == []
