"""The issues on the desk: lists of them and of the files they came in, one beside its source, and what can be done."""

from collections.abc import Collection

from starlette.exceptions import HTTPException
from starlette.responses import Response

from digest import desk as pages
from digest import editing, operations, subscriptions
from digest.operations.desk import shelf
from digest.operations.desk.shelf import Sheet
from digest.text import clean, one_line
from digest.web.desk.gate import Desk, Visit
from digest.works import Works

STATES = ("held", "pending", "published")
"""What the list of issues can be narrowed to."""

OUTCOMES = ("taken", "corrected", "held", "known", "rejected")
"""What the list of files can be narrowed to."""

_REASON_CHARS = 300


def issues(desk: Desk, visit: Visit) -> Response:
    """Show the issues, the newest first."""
    slug, state, page = _paper(desk, visit), _choice(visit, "state", STATES), pages.number(visit.query.get("page", ""))
    found, more = shelf.shelved(desk.works, slug, state, page)
    steps = pages.steps(page, {"paper": slug, "state": state}, more=more)
    return desk.page(
        visit, "issues", found=found, steps=steps, papers=_papers(desk), paper=slug, states=STATES, state=state
    )


def files(desk: Desk, visit: Visit) -> Response:
    """Show what became of the files that were dropped, the newest first."""
    slug, outcome = _paper(desk, visit), _choice(visit, "state", OUTCOMES)
    page = pages.number(visit.query.get("page", ""))
    found, more = shelf.files(desk.works, slug, outcome, page)
    steps = pages.steps(page, {"paper": slug, "state": outcome}, more=more)
    return desk.page(
        visit, "files", found=found, steps=steps, papers=_papers(desk), paper=slug, states=OUTCOMES, state=outcome
    )


def issue(desk: Desk, visit: Visit) -> Response:
    """Show one issue: what was found in it, beside what its file says."""
    sheet = _sheet(desk, visit)
    newest = sheet.newest
    document = shelf.original(desk.works, newest)
    return desk.page(
        visit,
        "issue",
        at=sheet.row.published,
        sheet=sheet,
        row=sheet.row,
        read=newest.issue,
        title=_titles(desk)[sheet.row.slug],
        lines=None if document is None else pages.annotated(document, newest.issue),
        remarks=[visit.say.of(each.code, each.facts) for each in newest.issue.remarks],
        is_doubtful=pages.is_doubtful,
        home=desk.works.settings.home_url(desk.works.publication(sheet.row.slug)),
        editor=desk.works.publication(sheet.row.slug).editor or desk.works.settings.mail.operator or "",
    )


def act(desk: Desk, visit: Visit) -> Response:
    """Do with an issue what a button says, as the command of the same name does; the service publishes what follows."""
    action = visit.names["action"]
    sheet = _sheet(desk, visit)
    done = _do(desk.works, sheet, visit, action)
    return desk.onward(visit, f"issues/{sheet.row.id}/?done={done}")


def _do(works: Works, sheet: Sheet, visit: Visit, action: str) -> str:
    """Do what the command of the same name does, and return what was done. No such action: HTTPException, 404."""
    named = sheet.row.slug, sheet.row.path
    article = visit["article"]
    match action:
        case "approve":
            is_later = editing.approve(works, *named, visit.now) is not None
            return "approve_later" if is_later else action
        case "hold":
            is_certain = editing.hold(works, *named, visit.now)
            return action if is_certain else "hold_due"
        case "publish":
            editing.publish_now(works, *named, visit.now)
        case "retract" if article:
            editing.retract(works, sheet.row.slug, article, _reason(visit), visit.now)
        case "retract":
            editing.retract_issue(works, *named, _reason(visit), visit.now)
        case "restore" if article:
            editing.restore(works, sheet.row.slug, article, visit.now)
        case "restore":
            editing.restore_issue(works, *named, visit.now)
        case "test":
            email, _ = subscriptions.parse_address(visit["email"])
            operations.send_test(works, works.publication(sheet.row.slug), email, visit.now, issue=sheet.row.id)
        case _:
            raise HTTPException(status_code=404)
    return action


def _reason(visit: Visit) -> str | None:
    return one_line(clean(visit["reason"])[0])[:_REASON_CHARS] or None


def _sheet(desk: Desk, visit: Visit) -> Sheet:
    return shelf.sheet(desk.works, visit.number("issue"))


def _titles(desk: Desk) -> dict[str, str]:
    return {one.slug: desk.works.paper(one).title for one in desk.works.settings.publications}


def _papers(desk: Desk) -> dict[str, str]:
    """Return the papers to choose from, by slug: none where there is one only."""
    return _titles(desk) if len(desk.works.settings.publications) > 1 else {}


def _paper(desk: Desk, visit: Visit) -> str | None:
    return _choice(visit, "paper", [one.slug for one in desk.works.settings.publications])


def _choice(visit: Visit, name: str, known: Collection[str]) -> str | None:
    asked = visit.query.get(name, "")
    return asked if asked in known else None
