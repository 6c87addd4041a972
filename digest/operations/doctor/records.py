"""The DNS records that the settings ask for: what to set is told, not what is set (mail.md 9)."""

from collections.abc import Iterator
from typing import NamedTuple

from digest.delivery.dkim import Signer
from digest.operations.doctor.findings import UNSET
from digest.settings import Settings

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""How a mail server of this machine is called."""

MAIL_SERVER = "MAIL-SERVER.EXAMPLE.ORG"
"""What stands for the public name of a mail server that the settings know as this machine."""


class Record(NamedTuple):
    """A DNS record to set."""

    name: str
    kind: str
    value: str


def listed(settings: Settings, signer: Signer | None) -> Iterator[Record]:
    """Yield the DNS records of every sender's domain, and of the one that letters come back to; of none for an example."""
    mail = settings.mail
    server = MAIL_SERVER if mail.smtp.host in LOCAL else mail.smtp.host
    domains = sorted({domain(sender) for sender in senders(settings)} - {UNSET})
    home = domain(mail.bounces.address) if mail.bounces.address else None
    for each in dict.fromkeys([*domains, home] if home else domains):
        yield Record(each, "TXT", f"v=spf1 a:{server} -all")
    if home and home not in domains:
        yield Record(home, "MX", f"10 {mail.bounces.imap.host or server}")
    for each in domains:
        reports = mail.operator or f"postmaster@{each}"
        yield Record(f"_dmarc.{each}", "TXT", f"v=DMARC1; p=none; rua=mailto:{reports}")
    if signer:
        yield Record(f"{signer.selector}._domainkey.{signer.domain}", "TXT", signer.record)


def senders(settings: Settings) -> list[str]:
    """Return every address that letters come from, each once."""
    own = (publication.sender or settings.mail.sender for publication in settings.publications)
    return list(dict.fromkeys(own))


def domain(address: str) -> str:
    """Return the domain of an address."""
    return address.rpartition("@")[2].lower()
