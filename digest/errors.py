"""What can go wrong, as codes and facts; the words for people are in the catalogue (`messages`).

A class exists only because somebody catches it.
"""

from collections.abc import Mapping


class DigestError(Exception):
    """An expected failure. `code` names a message of the catalogue, `facts` fill its places."""

    def __init__(self, code: str, /, **facts: object) -> None:
        """Keep the code and its facts; the text of the exception is for logs, not for people."""
        self.code = code
        self.facts: Mapping[str, object] = facts
        super().__init__(code, facts)


class RejectedError(DigestError):
    """A dropped file that cannot become an issue, for a reason its editor can mend."""


class ConfigError(DigestError):
    """A configuration that cannot be used; the facts name the file, the line and the key."""


class StaleError(DigestError):
    """What was computed no longer fits what is stored, since somebody else was quicker: compute it again."""


class DeliveryError(DigestError):
    """A message that was not delivered; `permanent` says that trying again is of no use.

    `unanswered` says that the message is out, and nobody knows whether it has arrived.
    """

    def __init__(self, code: str, /, *, permanent: bool, unanswered: bool = False, **facts: object) -> None:
        """Keep the code, the facts and what the refusal means."""
        super().__init__(code, **facts)
        self.permanent = permanent
        self.unanswered = unanswered


class ChannelError(DigestError):
    """The channel itself is out of order (connection, login, TLS): stop the run, burn no recipient."""


class SenderError(DigestError):
    """The sender is refused, whoever the recipient: stop what comes from it, burn no recipient."""
