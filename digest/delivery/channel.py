"""What a way to deliver has to do."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from digest import settings
from digest.model import Message


@dataclass(frozen=True, slots=True)
class Means:
    """What a channel is opened with: the mail server and its password, and the folder for letters on disk.

    `sign` puts a signature in front of a message's bytes, where the server does not. When `stopping` is set, the
    service ends and a channel waits for nothing long.
    """

    smtp: settings.Smtp
    password: str | None = field(repr=False)
    folder: Path
    sign: Callable[[bytes], bytes] = bytes  # as they are
    stopping: threading.Event = field(default_factory=threading.Event)


class Channel(Protocol):
    """A way to deliver, used as a context manager for one run of messages."""

    def __init__(self, means: Means) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        """Deliver one message to one recipient.

        `on_data` is called when only the last byte is missing: whatever fails after it leaves open whether the
        message arrived. Raises `DeliveryError` for this recipient, `SenderError` for all messages of its sender,
        `ChannelError` when nobody can be served.
        """
