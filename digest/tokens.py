"""Links that only their owner has: an HMAC over purpose, public id and key version. Nothing of them is stored.

A token is `ID.MAC`, or `ID.SECONDS.MAC` where it ends at a time. It has no capitals, since mail servers may change case.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime

_BYTES = 20
"""160 bits of the HMAC: more than the 128 that mail.md 3.3 asks for, and 32 characters."""


@dataclass(frozen=True, slots=True)
class Key:
    """The secrets. The first of `signing` signs; the others did before it, and still prove what lies in old letters.

    `addresses` hashes the addresses of the suppression list. It never changes: nobody could hash them again.
    """

    signing: tuple[bytes, ...] = field(repr=False)
    addresses: bytes = field(repr=False)


def unsubscribing(slug: str) -> str:
    """Return the purpose of a token that ends the subscription to one paper, and does nothing else."""
    return f"unsubscribe:{slug}"


def sign(key: Key, purpose: str, public_id: str, version: int, expires: datetime | None = None) -> str:
    """Return the token that lets the bearer do `purpose` for `public_id`, as long as the key version holds."""
    owner = public_id if expires is None else f"{public_id}.{int(expires.timestamp())}"
    return f"{owner}.{_mac(key.signing[0], purpose, owner, version)}"


def public_id(token: str) -> str:
    """Return whose token this claims to be. Look the version up, then `verify`."""
    return token.partition(".")[0].lower() if token.isascii() else ""


def verify(
    key: Key, purpose: str, token: str, version: int, *, now: datetime | None = None, former: bool = False
) -> bool:
    """Say whether `token` was signed for this purpose and version, in constant time.

    With `now`, only a token that has an end is one, and not after it; without, only one that has none. `former`
    takes those of former secrets too: for what must work as long as a letter lies in a mailbox.
    """
    if not token.isascii():
        return False
    owner, _, mac = token.lower().rpartition(".")
    secrets = key.signing if former else key.signing[:1]
    genuine = [hmac.compare_digest(mac.encode(), _mac(secret, purpose, owner, version).encode()) for secret in secrets]
    return any(genuine) and _in_time(owner, now)


def address_hash(key: Key, address_norm: str) -> str:
    """Return what the suppression list keeps of a normalised address: a keyed SHA-256 in hexadecimal."""
    return hmac.new(key.addresses, address_norm.encode(), hashlib.sha256).hexdigest()


def _in_time(owner: str, now: datetime | None) -> bool:
    _, _, seconds = owner.partition(".")
    if now is None or not seconds:
        return now is None and not seconds
    return now <= datetime.fromtimestamp(int(seconds), UTC)


def _mac(secret: bytes, purpose: str, owner: str, version: int) -> str:
    signed = f"{purpose}\n{owner}\n{version}".encode()
    mac = hmac.new(secret, signed, hashlib.sha256).digest()[:_BYTES]
    return base64.b32encode(mac).decode().lower()
