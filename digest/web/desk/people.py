"""The subscribers on the desk, and their letters."""

from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from digest import desk as pages
from digest import operations, subscriptions
from digest.errors import DigestError
from digest.operations.desk import people
from digest.text import one_line
from digest.web.desk.gate import Desk, Visit

STATES = ("active", "pending", "unsubscribed", "bounced")
"""What the list of subscribers can be narrowed to."""

_PART_CHARS = 254
_WEEK = tuple(date(2024, 1, 1) + timedelta(days=n) for n in range(7))  # it begins on a Monday


def subscribers(desk: Desk, visit: Visit) -> Response:
    """Show subscribers: a page of all, or those that are searched for, whose addresses stand in no address of a page."""
    state = visit.query.get("state", "")
    state = state if state in STATES else ""
    if part := one_line(visit["part"])[:_PART_CHARS]:
        found, more, barred = people.search(desk.works, part)
        return desk.page(
            visit, "subscribers", found=found, steps=None, more=more, barred=barred, part=part, states=STATES, state=""
        )
    page = pages.number(visit.query.get("page", ""))
    found, more = people.subscribers(desk.works, state or None, page)
    steps = pages.steps(page, {"state": state}, more=more)
    return desk.page(
        visit, "subscribers", found=found, steps=steps, more=False, barred=None, part="", states=STATES, state=state
    )


def subscriber(desk: Desk, visit: Visit) -> Response:
    """Show one subscriber."""
    papers = {one.slug: desk.works.paper(one).title for one in desk.works.settings.publications}
    file = people.file(desk.works, visit.number("person"))
    return desk.page(visit, "subscriber", file=file, person=file.person, papers=papers, weekdays=_WEEK)


def act(desk: Desk, visit: Visit) -> Response:
    """Do with a subscriber what a button says, as the command of the same name does."""
    person = people.file(desk.works, visit.number("person")).person
    match visit.names["action"]:
        case "unsubscribe":
            slug = visit["paper"]
            if not any(one.slug == slug for one in person.subscriptions):
                raise HTTPException(status_code=404)
            if not subscriptions.unsubscribe(desk.works.engine, person.email, slug, visit.now):
                raise DigestError("error.not_subscribed", email=person.email, paper=slug)
        case "lift":
            operations.lift(desk.works.engine, desk.works.key, person.email)
        case _:
            raise HTTPException(status_code=404)
    return desk.onward(visit, f"subscribers/{person.id}/?done={visit.names['action']}")


def lift(desk: Desk, visit: Visit) -> Response:
    """Let an address have letters again that is nobody's who is known."""
    operations.lift(desk.works.engine, desk.works.key, one_line(visit["email"]))
    return desk.onward(visit, "subscribers/?done=lift")


def deliveries(desk: Desk, visit: Visit) -> Response:
    """Show deliveries, and the digests that are held back."""
    state, page = _state(visit.query.get("state", "")), pages.number(visit.query.get("page", ""))
    found, more = people.deliveries(desk.works, state, page)
    _, halted = operations.returned(desk.works.engine, visit.now)
    steps = pages.steps(page, {"state": state}, more=more)
    return desk.page(
        visit, "deliveries", found=found, steps=steps, states=tuple(people.STATES), state=state, halted=halted
    )


def settle(desk: Desk, visit: Visit) -> Response:
    """Settle one delivery as a button says."""
    action, one = visit.names["action"], visit.number("delivery")
    if action == "resend":
        operations.resend(desk.works.engine, one, visit.now)
    elif action == "drop":
        operations.drop(desk.works.engine, one, visit.now)
    else:
        raise HTTPException(status_code=404)
    return desk.onward(visit, f"deliveries/?state={_state(visit['state'])}&done={action}")


def resume(desk: Desk, visit: Visit) -> Response:
    """Let a digest go on that was held back."""
    operations.resume(desk.works.engine, visit["digest"])
    return desk.onward(visit, "deliveries/?done=resume")


def _state(asked: str) -> str:
    return asked if asked in people.STATES else "open"
