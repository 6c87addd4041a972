"""Whether letters can be sent, trusted and returned as the settings say, and the DNS records that this asks for.

Nothing is sent and nothing is looked up: what to set is told, not what is set (mail.md 9).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from digest import verp
from digest.delivery import Means, dkim, mime
from digest.delivery.dkim import Signer
from digest.delivery.probing import probe
from digest.errors import DigestError
from digest.mailbox import Mailbox
from digest.model import Message, Remark
from digest.settings import Settings

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

MAIL_SERVER = "MAIL-SERVER.EXAMPLE.ORG"
"""What stands for the public name of a mail server that the settings know as this machine."""

_UNSET = "localhost.localdomain"


class Finding(NamedTuple):
    """One thing that was looked at: whether it is well, and what to say about it."""

    ok: bool
    remark: Remark


class Record(NamedTuple):
    """A DNS record to set."""

    name: str
    kind: str
    value: str


def examine(
    settings: Settings, means: Means, signer: Signer | None, mailbox: Mailbox | None, now: datetime
) -> Iterator[Finding]:
    """Yield what is well and what is not, as far as it can be told from here."""
    yield from _senders(settings)
    yield from _server(settings, means)
    yield _signature(settings, signer, now)
    yield from _returns(settings, mailbox)


def records(settings: Settings, signer: Signer | None) -> Iterator[Record]:
    """Yield the DNS records of every sender's domain, and of the one that letters come back to."""
    mail = settings.mail
    server = MAIL_SERVER if mail.smtp.host in _LOCAL else mail.smtp.host
    domains = sorted({_domain(sender) for sender in _addresses(settings)})
    home = _domain(mail.bounces.address) if mail.bounces.address else domains[0]
    for domain in dict.fromkeys([*domains, home]):
        yield Record(domain, "TXT", f"v=spf1 a:{server} -all")
    if home not in domains:
        yield Record(home, "MX", f"10 {mail.bounces.imap.host or server}")
    for domain in domains:
        reports = mail.operator or f"postmaster@{domain}"
        yield Record(f"_dmarc.{domain}", "TXT", f"v=DMARC1; p=none; rua=mailto:{reports}")
    if signer:
        yield Record(f"{signer.selector}._domainkey.{signer.domain}", "TXT", signer.record)


def _senders(settings: Settings) -> Iterator[Finding]:
    for sender in _addresses(settings):
        ok = _domain(sender) != _UNSET
        yield Finding(ok, Remark("doctor.sender" if ok else "doctor.no_sender", {"sender": sender}))
    operator = settings.mail.operator
    yield _either(operator is not None, "doctor.operator", "doctor.no_operator", address=operator or "")


def _server(settings: Settings, means: Means) -> Iterator[Finding]:
    mail = settings.mail
    where: dict[str, str | int] = {"host": mail.smtp.host, "port": mail.smtp.port}
    if mail.channel != "smtp":
        yield Finding(False, Remark("doctor.channel"))
        return
    if mail.smtp.security == "none" and mail.smtp.host not in _LOCAL:
        yield Finding(False, Remark("doctor.open_line", where))
    template = mail.bounces.address
    sender = template.replace(verp.MARK, "0") if template else mail.sender
    for tried in probe(mail.smtp, means.password, sender):
        code = f"doctor.{tried.step}" if tried.ok else f"doctor.no_{tried.step}"
        yield Finding(tried.ok, Remark(code, where | {"detail": tried.detail}))


def _signature(settings: Settings, signer: Signer | None, now: datetime) -> Finding:
    """Sign a message, and have another program look at it with the key that the record holds."""
    if signer is None:
        return Finding(True, Remark("doctor.unsigned"))
    domain = signer.domain
    foreign = [one for one in _addresses(settings) if not f".{_domain(one)}".endswith(f".{domain}")]
    if foreign:
        return Finding(False, Remark("doctor.foreign_signature", {"domain": domain, "sender": foreign[0]}))
    message = Message(
        sender=settings.mail.sender,
        recipient=settings.mail.sender,
        subject="DKIM",
        html="<p>DKIM</p>",
        text="DKIM",
        message_id=f"<doctor@{domain}>",
        date=now,
    )
    genuine = dkim.is_genuine(signer.sign(mime.build(message)), signer.record)
    return _either(genuine, "doctor.signature", "doctor.no_signature", domain=domain)


def _returns(settings: Settings, mailbox: Mailbox | None) -> Iterator[Finding]:
    """Yield whether letters come back to where they are read."""
    address = settings.mail.bounces.address
    yield _either(address is not None, "doctor.bounce_address", "doctor.no_bounce_address", address=address or "")
    if mailbox is None:
        yield Finding(False, Remark("doctor.no_mailbox"))
        return
    try:
        with mailbox:
            yield Finding(True, Remark("doctor.mailbox"))
    except DigestError as error:
        yield Finding(False, Remark(error.code, {name: str(value) for name, value in error.facts.items()}))


def _either(ok: bool, good: str, bad: str, **facts: str) -> Finding:
    return Finding(ok, Remark(good if ok else bad, facts))


def _addresses(settings: Settings) -> list[str]:
    """Return every address that letters come from, each once."""
    own = (publication.sender or settings.mail.sender for publication in settings.publications)
    return list(dict.fromkeys(own))


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
