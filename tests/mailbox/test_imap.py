"""A mailbox by IMAP: what is unseen is read, what is done is seen, and what goes wrong is told."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from digest.errors import DigestError
from digest.mailbox import open_mailbox
from digest.mailbox.reading import MAX_BYTES
from digest.settings import Bounces, Imap


class Session(socketserver.StreamRequestHandler):
    """As much of RFC 3501 as a reader of unseen mails needs, and NetEase's habit of asking for an ID."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline().decode("ascii", "replace"):
            tag, _, words = line.rstrip().partition(" ")
            server.asked.append(words)
            answer, status = self.answer(server, words)
            self.wfile.write(answer + f"{tag} {status}\r\n".encode())
            if words == "LOGOUT":
                return

    def answer(self, server: "Server", words: str) -> tuple[bytes, str]:
        if words == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1 ID\r\n", "OK done"
        if words.startswith("LOGIN"):
            return b"", "OK in" if words == 'LOGIN office "secret"' else "NO wrong password"
        if words.startswith("SELECT"):
            introduced = any(asked.startswith("ID (") for asked in server.asked)
            return (b"* 2 EXISTS\r\n", "OK open") if introduced else (b"", "NO unsafe login")
        if words == "UID SEARCH UNSEEN":
            unseen = " ".join(str(uid) for uid in server.mails if uid not in server.seen)
            return f"* SEARCH {unseen}\r\n".encode(), "OK done"
        if found := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", words):
            return server.fetched(int(found[1]), int(found[2])), "OK done"
        if found := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", words):
            server.seen.add(int(found[1]))
        return b"", "OK done" if words.startswith(("UID STORE", "ID", "LOGOUT")) else "BAD what?"


class Server(socketserver.ThreadingTCPServer):
    """An IMAP server with some mails."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: dict[int, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails, self.seen, self.asked = mails, set[int](), list[str]()

    def fetched(self, uid: int, most: int) -> bytes:
        if uid not in self.mails:
            return b""
        content = self.mails[uid][:most]
        return f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(content)}}}\r\n".encode() + content + b")\r\n"


@contextmanager
def serving(mails: dict[int, bytes]) -> Iterator[tuple[Server, Bounces]]:
    with Server(mails) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        imap = Imap(host=str(host), port=port, security="none", username="office", timeout=5.0)
        yield server, Bounces(imap=imap)
        server.shutdown()


def test_what_is_done_is_seen_and_what_is_not_is_there_again() -> None:
    with serving({4: b"Subject: a\r\n\r\n", 9: b"Subject: b\r\n\r\n"}) as (server, where):
        mailbox = open_mailbox(where, "secret")
        assert mailbox is not None
        with mailbox:
            found = list(mailbox.unread())
            assert [mail.content for mail in found] == [b"Subject: a\r\n\r\n", b"Subject: b\r\n\r\n"]
            mailbox.done(found[0])
        with mailbox:
            assert [mail.name for mail in mailbox.unread()] == ["9"]
        assert server.seen == {4}
        assert server.asked[-1] == "LOGOUT"


def test_of_a_huge_mail_the_beginning_is_read_and_one_that_is_gone_is_none() -> None:
    with serving({1: b"x" * (MAX_BYTES + 1), 2: b"y"}) as (server, where):
        mailbox = open_mailbox(where, "secret")
        assert mailbox is not None
        with mailbox:
            mails = mailbox.unread()
            assert len(next(mails).content) == MAX_BYTES
            del server.mails[2]
            assert list(mails) == []


@pytest.mark.parametrize(("password", "words"), [("wrong", "wrong password"), (None, "wrong password")])
def test_a_mailbox_that_does_not_open_says_why(password: str | None, words: str) -> None:
    with serving({}) as (_, where):
        mailbox = open_mailbox(where, password)
        assert mailbox is not None
        with pytest.raises(DigestError) as refused, mailbox:
            pass
        assert refused.value.code == "error.imap"
        assert words in str(refused.value.facts["detail"])


def test_tls_is_never_silently_left_out() -> None:
    with serving({}) as (server, where):
        for security in ("tls", "starttls"):
            imap = Imap(host=where.imap.host, port=where.imap.port, security=security, username="office", timeout=5.0)
            mailbox = open_mailbox(Bounces(imap=imap), "secret")
            assert mailbox is not None
            with pytest.raises(DigestError), mailbox:
                pass
        assert not any(words.startswith("LOGIN") for words in server.asked)


def test_without_any_setting_there_is_no_mailbox() -> None:
    assert open_mailbox(Bounces(), None) is None
