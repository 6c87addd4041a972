"""The drop folder → sources. A file that has settled is claimed by a rename, so that it is taken once.

    inbox/NAME → inbox/.digest/claimed/SLUG/ID/NAME → inbox/done/YYYY-MM/NAME    with NAME.receipt.txt beside it
                                                    → inbox/rejected/NAME        with NAME.reason.txt beside it

`NAME.yaml` goes with its file. What is told is written before the file moves, so that no file ever lies in `done` or
`rejected` without its word; a claim that a crash has left behind is begun again by the next scan; and a file that a
late writer changes after it was moved becomes a claim again.
"""

from digest.inbox.content import keep_bytes
from digest.inbox.folder import ASTRAY, Claim, Inbox

__all__ = ["ASTRAY", "Claim", "Inbox", "keep_bytes"]
