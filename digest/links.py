"""The links that stand in every letter to a subscriber. Their tokens last as long as the letter may lie in a mailbox."""

from digest import tokens, verp
from digest.settings import Publication
from digest.works import Works


def preferring(slug: str) -> str:
    """Return the purpose of a token that changes what a subscriber wants of one paper."""
    return f"preferences:{slug}"


def unsubscribe_url(works: Works, slug: str, public_id: str, version: int) -> str:
    """Return the link that ends a subscription, also after the subscriber's address or the key has changed."""
    token = tokens.sign(works.key, tokens.unsubscribing(slug), public_id, version)
    return f"{works.settings.service_url}unsubscribe/{slug}/{token}"


def unsubscribe_mail(works: Works, slug: str, public_id: str, version: int) -> str | None:
    """Return the address, with the subject, of a mail that ends a subscription; None where no mail is read."""
    home = works.settings.mail.bounces.address
    if home is None:
        return None
    token = tokens.sign(works.key, tokens.unsubscribing(slug), public_id, version)
    return f"mailto:{home.replace(verp.MARK, 'unsubscribe')}?subject=unsubscribe%20{token}"


def preferences_url(works: Works, publication: Publication, public_id: str, version: int) -> str:
    """Return the link to what a subscriber has chosen, until the subscriber's address or the key changes."""
    token = tokens.sign(works.key, preferring(publication.slug), public_id, version)
    return f"{works.settings.service_url}{works.settings.home(publication)}preferences/{token}"
