"""What the operator and the editor ask for beside the straight path, one module or package each.

    init          a new office
    doctor/       what stands in a service's way
    desk/         who is at the desk, and what lies there
    health/       how things stand, and the alarms
    verifying/    whether every promise is kept
    backfill/     years of issues at once
    export        the archive taken along
    backup        one file that holds everything, and the way back from it
    moving        from one database to another
    letters       deliveries, settled one by one
    suppressing   addresses that get nothing, and digests that are held back
    trying        a letter to look at
    finding       the article at an address

The functions that most callers want stand here.
"""

from digest.operations.backup import back_up, config_in, restore
from digest.operations.finding import article
from digest.operations.health.alarming import post, watch
from digest.operations.health.looking import status
from digest.operations.letters import deliveries, drop, resend
from digest.operations.suppressing import lift, resume, returned, suppress, suppressed
from digest.operations.trying import send_test
from digest.operations.verifying import verify

__all__ = [
    "article",
    "back_up",
    "config_in",
    "deliveries",
    "drop",
    "lift",
    "post",
    "resend",
    "restore",
    "resume",
    "returned",
    "send_test",
    "status",
    "suppress",
    "suppressed",
    "verify",
    "watch",
]
