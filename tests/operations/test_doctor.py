"""The doctor says of letters what is well, what is not and what to do, in both languages, and which records to set."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from digest.delivery import Means
from digest.messages import Messages
from digest.operations.doctor import letters, records
from digest.settings import Bounces, Mail, Publication, Settings, Smtp
from tests.delivery.test_dkim import SIGNER
from tests.test_running import free_port
from tests.works import NOW, settings_in

ADDRESS = "bounce+{token}@bounces.paper.example"


class Picky:
    """A server's mind: which envelope senders it takes, and that nothing is ever sent."""

    def __init__(self, refused: str = "") -> None:
        self.refused, self.asked = refused, list[str]()

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:
        self.asked.append(address)
        if address == self.refused:
            return "553 5.1.8 sender is not yours"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, *_: object) -> str:
        raise AssertionError("nothing is sent")


@contextmanager
def server(mind: Picky, **options: Any) -> Iterator[Smtp]:
    controller = Controller(mind, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield Smtp(host="127.0.0.1", port=controller.port)
    finally:
        controller.stop()


def paper(tmp_path: Path, smtp: Smtp, **mail: Any) -> Settings:
    usual = {
        "postal_identity": "栖川 长堤路 1 号",
        "channel": "smtp",
        "sender": "news@paper.example",
        "operator": "ops@paper.example",
        "smtp": smtp,
    }
    return settings_in(tmp_path, mail=Mail(**(usual | mail)))


def codes(settings: Settings, signer: Any = None, password: str | None = None) -> dict[str, bool]:
    """Return what the doctor finds, said in both languages."""
    means = Means(settings.mail.smtp, password, settings.outbox)
    found = list(letters.examine(settings, means, signer, None, NOW))
    for language in ("zh", "en"):
        assert all(Messages(language).of(one.remark.code, one.remark.facts) for one in found)
    return {one.remark.code: one.ok for one in found}


def test_a_server_that_lets_us_send(tmp_path: Path) -> None:
    mind = Picky()
    with server(mind) as smtp:
        found = codes(paper(tmp_path, smtp, bounces=Bounces(address=ADDRESS)), SIGNER)
    assert {code for code, ok in found.items() if not ok} == {"doctor.no_mailbox"}
    assert found.keys() >= {"doctor.connect", "doctor.envelope", "doctor.signature", "doctor.bounce_address"}
    assert mind.asked == ["bounce+0@bounces.paper.example"]


def test_a_server_that_wants_its_own_envelope_sender(tmp_path: Path) -> None:
    with server(Picky(refused="bounce+0@bounces.paper.example")) as smtp:
        found = codes(paper(tmp_path, smtp, bounces=Bounces(address=ADDRESS)))
    assert found["doctor.no_envelope"] is False


def test_a_server_that_is_not_there_or_does_not_let_us_in(tmp_path: Path) -> None:
    with server(Picky()) as smtp:
        assert "doctor.no_tls" in codes(paper(tmp_path, replace(smtp, security="starttls")))
    assert "doctor.no_connect" in codes(paper(tmp_path, smtp))

    def nobody(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    with server(Picky(), authenticator=nobody, auth_require_tls=False) as smtp:
        assert "doctor.no_login" in codes(paper(tmp_path, replace(smtp, username="office")), password="wrong")


def test_settings_as_they_are_delivered_are_not_well(tmp_path: Path) -> None:
    found = codes(settings_in(tmp_path))
    assert {code for code, ok in found.items() if not ok} == {
        *("doctor.no_sender", "doctor.no_operator", "doctor.no_identity", "doctor.channel"),
        *("doctor.no_bounce_address", "doctor.no_mailbox"),
    }


def test_a_signature_of_another_domain_than_the_senders_does_not_count(tmp_path: Path) -> None:
    sender = Publication(sender="news@elsewhere.example")
    assert "doctor.foreign_signature" in codes(settings_in(tmp_path, publications=(sender,)), SIGNER)


def test_the_records_to_set(tmp_path: Path) -> None:
    smtp = Smtp(host="mx.paper.example")
    found = set(records.listed(paper(tmp_path, smtp, bounces=Bounces(address=ADDRESS)), SIGNER))
    assert found == {
        ("paper.example", "TXT", "v=spf1 a:mx.paper.example -all"),
        ("bounces.paper.example", "TXT", "v=spf1 a:mx.paper.example -all"),
        ("bounces.paper.example", "MX", "10 mx.paper.example"),
        ("_dmarc.paper.example", "TXT", "v=DMARC1; p=none; rua=mailto:ops@paper.example"),
        ("s1._domainkey.paper.example", "TXT", SIGNER.record),
    }


def test_no_records_are_told_for_a_sender_that_is_an_example(tmp_path: Path) -> None:
    assert list(records.listed(settings_in(tmp_path), None)) == []
