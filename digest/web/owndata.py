"""The pages of the links that go to one mailbox only: to confirm a new address, and to one's own data."""

import json

from starlette.responses import Response

from digest import subscriptions
from digest.web.desk import HEADERS, Desk, Form


def move(desk: Desk, form: Form) -> Response:
    """Answer the link that was sent to a new address: a page with a button, and what pressing it does."""
    if not form.is_sent:
        known = subscriptions.mover(desk.works, desk.publication, form.token, form.now)
        return desk.notice("web.move", asks=True) if known else desk.invalid_link()
    moved = subscriptions.move(desk.works, desk.publication, form.token, origin=form.origin, now=form.now)
    return desk.notice("web.moved") if moved else desk.invalid_link()


def data(desk: Desk, form: Form) -> Response:
    """Answer the link to one's own data: a page with two forms, the data as a file, or the end of all of it."""
    person = subscriptions.owner(desk.works, desk.publication, form.token, form.now)
    if person is None:
        return desk.invalid_link()
    if form["action"] == "download":
        content = json.dumps(subscriptions.data(desk.works, person), ensure_ascii=False, indent=1).encode()
        attached = {"content-disposition": 'attachment; filename="digest-data.json"'}
        return Response(content, media_type="application/json", headers=HEADERS | attached)
    if form["action"] == "erase" and form["sure"]:
        subscriptions.erase(desk.works, person, form.now)
        return desk.notice("web.erased")
    return desk.page("form_data", status=422 if form.is_sent else 200, email=person.email, unsure=form.is_sent)
