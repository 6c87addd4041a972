"""Subscribe and unsubscribe: the use cases behind the command line and the web."""

import secrets
from datetime import datetime

from email_validator import EmailNotValidError, validate_email

from digest import tokens
from digest.errors import DigestError
from digest.settings import Cadence
from digest.store import database, publications, subscribers
from digest.store.database import Engine
from digest.store.subscribers import Subscribed


def subscribe(engine: Engine, email: str, slug: str, cadence: Cadence, now: datetime) -> str:
    """Subscribe an address to a paper's digest and return it as it is kept; again is as good as once.

    Raises DigestError("error.address") where the address cannot be one.
    """
    typed, norm = _address(email)
    with database.writing(engine) as store:
        row = subscribers.add(store, typed, norm, secrets.token_hex(8), now)
        subscribers.subscribe(store, row, publications.id_of(store, slug), cadence, now)
    return typed


def unsubscribe(engine: Engine, email: str, slug: str, now: datetime) -> bool:
    """End an address's subscription to a paper; say whether there was one."""
    _, norm = _address(email)
    with database.writing(engine) as store:
        row = subscribers.by_email(store, norm)
        return row is not None and subscribers.unsubscribe(store, row, publications.id_of(store, slug), now)


def holder(engine: Engine, key: bytes, slug: str, token: str) -> int | None:
    """Return the subscriber whose genuine unsubscribe token this is."""
    with database.reading(engine) as store:
        found = subscribers.by_public_id(store, tokens.public_id(token))
    if found is None or not tokens.verify(key, tokens.unsubscribing(slug), token, found[1]):
        return None
    return found[0]


def end(engine: Engine, subscriber_id: int, slug: str, now: datetime) -> None:
    """End a subscription; again is as good as once."""
    with database.writing(engine) as store:
        subscribers.unsubscribe(store, subscriber_id, publications.id_of(store, slug), now)


def listed(engine: Engine) -> list[Subscribed]:
    """Return all subscriptions, by paper and address."""
    with database.reading(engine) as store:
        return subscribers.listed(store)


def _address(email: str) -> tuple[str, str]:
    """Return an address as it is to be used, and as it is compared: in ASCII, since any server takes mail to that.

    A domain may be typed in any script; what stands before the `@` cannot be put into ASCII.
    """
    try:
        valid = validate_email(email.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise DigestError("error.address", address=email, detail=str(error)) from error
    address = valid.ascii_email or valid.normalized
    return address, address.lower()
