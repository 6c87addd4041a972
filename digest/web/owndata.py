"""The pages of the links that go to one mailbox only: to confirm a new address, and to one's own data."""

import json

from starlette.responses import Response

from digest import links, subscriptions
from digest.web.counter import HEADERS, Counter, Form


def move(counter: Counter, form: Form) -> Response:
    """Answer the link that was sent to a new address: a page with a button, and what pressing it does.

    Links in earlier letters do not lead to the preferences from then on; the page does.
    """
    if not form.is_sent:
        known = subscriptions.mover(counter.works, counter.publication, form.token, form.now)
        return counter.notice("web.move", asks=True) if known else counter.invalid_link()
    moved = subscriptions.move(counter.works, counter.publication, form.token, origin=form.origin, now=form.now)
    if moved is None:
        return counter.invalid_link()
    own = moved.public_id, moved.token_version
    return counter.notice("web.moved", url=links.preferences_url(counter.works, counter.publication, *own))


def data(counter: Counter, form: Form) -> Response:
    """Answer the link to one's own data: a page with two forms, the data as a file, or the end of all of it."""
    person = subscriptions.owner(counter.works, counter.publication, form.token, form.now)
    if person is None:
        return counter.invalid_link()
    if form["action"] == "download":
        content = json.dumps(subscriptions.data(counter.works, person), ensure_ascii=False, indent=1).encode()
        attached = {"content-disposition": 'attachment; filename="digest-data.json"'}
        return Response(content, media_type="application/json", headers=HEADERS | attached)
    if form["action"] == "erase" and form["sure"]:
        subscriptions.erase(counter.works, person, form.now)
        return counter.notice("web.erased")
    return counter.page("form_data", status=422 if form.is_sent else 200, email=person.email, unsure=form.is_sent)
