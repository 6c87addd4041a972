"""The mailbox that letters come back to: a folder in Maildir format, or one on a mail server by IMAP."""

from digest import settings
from digest.mailbox.imap import ImapMailbox
from digest.mailbox.maildir import Maildir
from digest.mailbox.reading import Mail, Mailbox

__all__ = ["Mail", "Mailbox", "open_mailbox"]


def open_mailbox(where: settings.Bounces, password: str | None) -> Mailbox | None:
    """Return the mailbox that the settings name, not opened yet; None where they name none."""
    if where.maildir is not None:
        return Maildir(where.maildir)
    return ImapMailbox(where.imap, password) if where.imap.host else None
