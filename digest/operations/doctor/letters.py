"""Whether letters can be sent, trusted and returned as the settings say. Nothing is sent."""

from collections.abc import Iterator
from datetime import datetime

from digest import verp
from digest.delivery import Means, dkim, mime
from digest.delivery.dkim import Signer
from digest.delivery.probing import probe
from digest.errors import DigestError
from digest.mailbox import Mailbox
from digest.model import Message, Remark
from digest.operations.doctor import records
from digest.operations.doctor.findings import UNSET, Finding, either, ill, told, well
from digest.settings import Settings


def examine(
    settings: Settings, means: Means, signer: Signer | None, mailbox: Mailbox | None, now: datetime
) -> Iterator[Finding]:
    """Yield what is well and what is not, as far as it can be told from here."""
    yield from _senders(settings)
    yield from _server(settings, means)
    yield _signature(settings, signer, now)
    yield from _returns(settings, mailbox)


def _senders(settings: Settings) -> Iterator[Finding]:
    for sender in records.senders(settings):
        yield either(records.domain(sender) != UNSET, "doctor.sender", "doctor.no_sender", sender=sender)
    operator, identity = settings.mail.operator, settings.mail.postal_identity.strip()
    yield either(operator is not None, "doctor.operator", "doctor.no_operator", address=operator or "")
    yield well("doctor.identity", identity=identity) if identity else ill("doctor.no_identity")


def _server(settings: Settings, means: Means) -> Iterator[Finding]:
    mail = settings.mail
    where: dict[str, str | int] = {"host": mail.smtp.host, "port": mail.smtp.port}
    if mail.channel != "smtp":
        yield ill("doctor.channel")
        return
    if mail.smtp.security == "none" and mail.smtp.host not in records.LOCAL:
        yield ill("doctor.open_line", **where)
    template = mail.bounces.address
    sender = template.replace(verp.MARK, "0") if template else mail.sender
    for tried in probe(mail.smtp, means.password, sender):
        code = f"doctor.{tried.step}" if tried.ok else f"doctor.no_{tried.step}"
        yield Finding(tried.ok, Remark(code, where | {"detail": tried.detail}))


def _signature(settings: Settings, signer: Signer | None, now: datetime) -> Finding:
    """Sign a message, and have another program look at it with the key that the record holds."""
    if signer is None:
        return well("doctor.unsigned")
    domain = signer.domain
    foreign = [one for one in records.senders(settings) if not f".{records.domain(one)}".endswith(f".{domain}")]
    if foreign:
        return ill("doctor.foreign_signature", domain=domain, sender=foreign[0])
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
    return either(genuine, "doctor.signature", "doctor.no_signature", domain=domain)


def _returns(settings: Settings, mailbox: Mailbox | None) -> Iterator[Finding]:
    """Yield whether letters come back to where they are read."""
    address = settings.mail.bounces.address
    yield either(address is not None, "doctor.bounce_address", "doctor.no_bounce_address", address=address or "")
    if mailbox is None:
        yield ill("doctor.no_mailbox")
        return
    try:
        with mailbox:
            yield well("doctor.mailbox")
    except DigestError as error:
        yield told(error)
