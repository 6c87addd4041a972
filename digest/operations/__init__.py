"""What the operator asks: how things stand, whether every promise is kept, a backup, and the way back from one."""

from digest.operations.backup import back_up, config_in, restore
from digest.operations.finding import article
from digest.operations.letters import deliveries, drop, resend
from digest.operations.standing import Status, status
from digest.operations.suppressing import lift, resume, returned, suppress, suppressed
from digest.operations.trying import send_test
from digest.operations.verifying import verify

__all__ = [
    "Status",
    "article",
    "back_up",
    "config_in",
    "deliveries",
    "drop",
    "lift",
    "resend",
    "restore",
    "resume",
    "returned",
    "send_test",
    "status",
    "suppress",
    "suppressed",
    "verify",
]
