"""Leaving with one click: RFC 8058 for mail programs, a page with a button for people. A GET changes nothing."""

from starlette.responses import Response

from digest import subscriptions
from digest.web.desk import Desk, Form


def unsubscribe(desk: Desk, form: Form) -> Response:
    """Answer the link that stands in every letter; any POST ends the subscription, whatever it says."""
    slug = desk.publication.slug
    holder = subscriptions.holder(desk.works, slug, form.token)
    if holder is None:
        return desk.invalid_link()
    if form.is_sent:
        subscriptions.end(desk.works, holder, slug, origin=form.origin, now=form.now)
        return desk.notice("web.unsubscribed")
    return desk.notice("web.unsubscribe", asks=True)
