"""Message → the world. A channel is one file and one line in `CHANNELS`."""

from digest.delivery.channel import Channel, Means
from digest.delivery.folder import FolderChannel
from digest.delivery.smtp import SmtpChannel

CHANNELS: dict[str, type[Channel]] = {"folder": FolderChannel, "smtp": SmtpChannel}

__all__ = ["CHANNELS", "Channel", "Means"]
