"""The form for a paper's letters, and the page of the link that confirms it. A GET changes nothing."""

from typing import get_args

from starlette.responses import Response

from digest import subscriptions
from digest.errors import DigestError
from digest.model import Cadence
from digest.web.counter import Counter, Form

TRAP = "website"
"""The field that people do not see, and programs fill in."""


def subscribe(counter: Counter, form: Form) -> Response:
    """Answer the form for a paper's letters; one that another site's page has sent is not taken.

    What becomes of the address is done once the answer has left, so that its time tells nothing.
    """
    if not form.is_sent:
        return _page(counter, form)
    if not form.ours:
        return counter.notice("web.not_ours", status=403)
    if refused := counter.refused(form):
        return refused
    try:
        subscriptions.parse_address(form["email"])
    except DigestError:
        return _page(counter, form, fault=True)
    answer = counter.notice("web.asked")
    if not form[TRAP]:
        asked = {"origin": form.origin, "wording": _wording(counter, "web.subscribe_consent"), "now": form.now}
        answer.background = counter.later(
            subscriptions.ask, counter.works, counter.publication, form["email"], _cadence(form), **asked
        )
    return answer


def confirm(counter: Counter, form: Form) -> Response:
    """Answer the link that confirms a subscription: a page with a button, and what pressing it does."""
    if not form.is_sent:
        if subscriptions.pending(counter.works, counter.publication, form.token, form.now):
            return counter.notice("web.confirm", asks=True)
        return counter.invalid_link()
    done = subscriptions.confirm(
        counter.works,
        counter.publication,
        form.token,
        origin=form.origin,
        wording=_wording(counter, "web.confirm_text"),
        now=form.now,
    )
    return counter.invalid_link() if done is None else counter.notice(f"web.{done}")


def _page(counter: Counter, form: Form, *, fault: bool = False) -> Response:
    answer = counter.page(
        "form_subscribe",
        status=422 if fault else 200,
        email=form["email"],
        cadence=_cadence(form),
        fault=fault,
    )
    answer.headers["referrer-policy"] = "same-origin"  # or the browser would not say that the form comes from here
    return answer


def _cadence(form: Form) -> Cadence:
    return next((cadence for cadence in get_args(Cadence) if cadence == form["cadence"]), "issue")


def _wording(counter: Counter, code: str) -> str:
    return counter.say(code, title=counter.paper.title)
