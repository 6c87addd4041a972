"""What the operator asks: how things stand, whether every promise is kept, a backup, and the way back from one."""

from digest.operations.backup import back_up, config_in, doubt_letters, restore
from digest.operations.letters import deliveries, drop, resend
from digest.operations.standing import Status, status
from digest.operations.verifying import verify

__all__ = [
    "Status",
    "back_up",
    "config_in",
    "deliveries",
    "doubt_letters",
    "drop",
    "resend",
    "restore",
    "status",
    "verify",
]
