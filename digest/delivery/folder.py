"""Letters as `.eml` files in a folder: to look at, to test with, or for another program to send."""

from collections.abc import Callable
from typing import Self

from digest import atomic
from digest.delivery import mime
from digest.delivery.channel import Means
from digest.model import Message


class FolderChannel:
    """Writes each message to a file named by its Message-ID, so that a second try replaces the first."""

    def __init__(self, means: Means) -> None:
        """Write to `means.folder`."""
        self._folder = means.folder
        self._sign = means.sign

    def __enter__(self) -> Self:
        """Make the folder."""
        atomic.make_folder(self._folder)
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until the files' names are on the disk."""
        atomic.sync(self._folder)

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        """Write one message. What there is no room for nobody has, so that there is another try."""
        content = self._sign(mime.build(message))
        with atomic.replacing(self._folder / f"{message.message_id.strip('<>')}.eml", mode=0o640) as temporary:
            temporary.write_bytes(content)
            on_data()
