"""What lies in a mailbox, and what its owner would click."""

import email
import re
from email import policy
from email.message import EmailMessage

from digest import pipeline
from digest.works import Works
from tests.works import NOW


def mails(works: Works, address: str) -> list[EmailMessage]:
    """Send what is due, and return what has been sent to an address, the oldest first."""
    pipeline.deliver(works, NOW)
    paths = sorted(works.settings.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    found = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return [mail for mail in found if mail["To"] == address]


def words(mail: EmailMessage) -> str:
    """Return a mail's text part."""
    part = mail.get_body(("plain",))
    assert part is not None
    content: str = part.get_content()
    return content


def links(mail: EmailMessage) -> list[str]:
    """Return the paths of all links to the service that a mail holds, in its parts and headers."""
    everything = "\n".join([words(mail), mail.as_string(), *(str(value) for value in mail.values())])
    if (html := mail.get_body(("html",))) is not None:
        everything += html.get_content()
    return sorted(set(re.findall(r"https://service\.example(/[^\s\"<>]+)", everything)))


def link(mail: EmailMessage, place: str) -> str:
    """Return the path of the link to a place of the service: `confirm`, `preferences`, `unsubscribe`, `move`, `data`."""
    (found,) = [path for path in links(mail) if f"/{place}/" in path]
    return found
