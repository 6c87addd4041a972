"""Letters through a real mail system: what it takes arrives as it was signed, what it sends back has its consequence."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from digest import bouncing, operations, pipeline, settings
from digest.delivery import dkim
from digest.delivery.dkim import Signer
from digest.errors import ChannelError
from digest.mailbox import open_mailbox
from digest.settings import Bounces, Smtp
from digest.works import Works
from tests.delivery.test_dkim import pem
from tests.postfixed import Postfix, postfix
from tests.test_bouncing import state, subscribe
from tests.works import NOW, SECOND, drop, opened, settings_in, standing

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[Postfix]:
    with postfix() as server:
        yield server


@pytest.fixture
def works(server: Postfix, tmp_path: Path) -> Iterator[Works]:
    """A service that sends through the server, signs, and reads the box that letters come back to."""
    key = tmp_path / "dkim.pem"
    key.touch(0o600)
    key.write_text(pem(2048))
    mail = settings.Mail(
        channel="smtp",
        sender="digest@paper.example",
        smtp=Smtp(port=server.port, timeout=10),
        dkim=settings.Dkim(domain="paper.example", key_file=key),
        bounces=Bounces(address="bounce+{token}@bounces.paper.example", maildir=server.maildir("bounces")),
    )
    with opened(settings_in(tmp_path, mail=mail)) as works:
        yield works


def queue(works: Works, *emails: str) -> None:
    """Make the letter of an issue for some subscribers."""
    subscribe(works, *emails)
    drop(works, "a.md", SECOND)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)


def states(works: Works) -> dict[str, int]:
    return dict(standing(works, NOW).work["delivery"])


def test_a_letter_arrives_as_it_was_signed(works: Works, server: Postfix) -> None:
    queue(works, "anna@example.org", "bo@example.org")
    assert pipeline.deliver(works, NOW) == 2
    signer = Signer("paper.example", "digest", (works.settings.root / "dkim.pem").read_text())
    letters = [server.mails(name, 1) for name in ("anna", "bo")]
    assert [len(found) for found in letters] == [1, 1]
    read = []
    for (content,) in letters:
        assert dkim.is_genuine(content.replace(b"\n", b"\r\n"), signer.record)
        mail = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].startswith("<https://service.example/unsubscribe/paper/")
        assert mail["Return-Path"].startswith("<bounce+")
        html = mail.get_body(("html",))
        assert html is not None
        assert "白鹭湖水质首次达到二类" in html.get_content()
        read.append(mail["Message-ID"])
    assert len(set(read)) == 2


def test_whom_it_refuses_has_failed_whom_it_puts_off_waits_and_the_others_have_their_letter(
    works: Works, server: Postfix
) -> None:
    queue(works, "unknown@example.org", "busy@example.org", "anna@example.org")
    pipeline.deliver(works, NOW)
    assert states(works) == {"failed": 1, "pending": 1, "sent": 1}
    assert len(server.mails("anna", 1)) == 1
    refused = {one.email: one.error for one in operations.deliveries(works.engine)}
    assert "550）：5.1.1" in str(refused["unknown@example.org"])
    assert "451）：4.7.1" in str(refused["busy@example.org"])
    assert state(works, "unknown@example.org") == ("bounced", "hard")


def test_what_it_took_and_could_not_deliver_comes_back_and_stops_further_letters(works: Works, server: Postfix) -> None:
    queue(works, "moved@example.org", "anna@example.org")
    pipeline.deliver(works, NOW)
    assert states(works) == {"sent": 2}
    server.mails("bounces", 1)
    returned = open_mailbox(works.settings.mail.bounces, None)
    assert returned is not None
    assert bouncing.collect(works, returned, LATER) == {"hard": 1}
    assert state(works, "moved@example.org") == ("bounced", "hard")
    assert state(works, "anna@example.org") == ("active", None)


def test_a_server_that_is_stopped_and_started_again_keeps_nobody_from_their_letter(
    works: Works, server: Postfix
) -> None:
    queue(works, "anna@example.org", "bo@example.org")
    server.control("stop")
    with pytest.raises(ChannelError):
        pipeline.deliver(works, NOW)
    assert states(works) == {"pending": 2}
    server.control("start")
    assert pipeline.deliver(works, LATER) == 2
    assert states(works) == {"sent": 2}
    assert [len(server.mails(name, 1)) for name in ("anna", "bo")] == [1, 1]
