"""What every page of the desk is rendered with: the office, where the visitor is, the words, and the paper's clock."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.messages import Messages
from digest.templating import Templates

DONE = frozenset(
    {
        "logout",
        "approve",
        "approve_later",
        "hold",
        "hold_due",
        "publish",
        "retract",
        "restore",
        "test",
        "resend",
        "drop",
        "resume",
        "unsubscribe",
        "lift",
    }
)
"""What a page may tell that was done: codes `desk.done_…` of the catalogue. An address may name no other."""


@dataclass(frozen=True, slots=True)
class Office:
    """Whose desk it is: the titles of its papers, the address of its site, and the zone of its clock."""

    titles: tuple[str, ...]
    site_url: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: the `path` below the desk, the way back (`root`), the mark of their forms, what was just done.

    Who is not logged in has no mark. `at` is when what was done takes effect, where that may not be at once.
    """

    path: str
    root: str
    csrf: str
    done: str | None = None
    at: datetime | None = None


def render(templates: Templates, say: Messages, office: Office, place: Place, name: str, /, **values: object) -> bytes:
    """Render the page `name`."""

    def clock(at: datetime) -> str:
        return f"{at.astimezone(office.zone):%Y-%m-%d %H:%M}"

    time = clock(place.at) if place.at else ""
    done = say(f"desk.done_{place.done}", time=time) if place.done in DONE else None
    frame = {
        "say": say,
        "office": office,
        "place": place,
        "root": place.root,
        "csrf": place.csrf,
        "done": done,
        "clock": clock,
    }
    return templates.html(f"desk/{name}.html", **frame, **values).encode()


def style(templates: Templates) -> bytes:
    """Return the style sheet of the desk: that of the site, and what the desk has of its own."""
    return templates.assets("site")["style.css"] + b"\n" + templates.assets("desk")["desk.css"]
