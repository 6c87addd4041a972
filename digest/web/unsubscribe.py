"""Leaving with one click: RFC 8058 for mail programs, a page with a button for people. A GET changes nothing."""

from starlette.responses import Response

from digest import subscriptions
from digest.web.counter import Counter, Form


def unsubscribe(counter: Counter, form: Form) -> Response:
    """Answer the link that stands in every letter; any POST ends the subscription, whatever it says."""
    slug = counter.publication.slug
    holder = subscriptions.holder(counter.works, slug, form.token)
    if holder is None:
        return counter.invalid_link()
    if form.is_sent:
        subscriptions.end(counter.works, holder, slug, origin=form.origin, now=form.now)
        return counter.notice("web.unsubscribed")
    return counter.notice("web.unsubscribe", asks=True)
