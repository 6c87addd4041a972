"""The password of the desk: kept as a scrypt hash in `data/keys/`, and nowhere else (reliability.md 5, admin)."""

import hashlib
import hmac
import ipaddress
import secrets
import unicodedata
from pathlib import Path
from threading import Lock

from digest import atomic, datafolder
from digest.errors import DigestError
from digest.settings import Settings

LEAST_CHARS = 12
"""How short a password may be: one that has to withstand guessing over a network, and is the only proof."""

MOST_CHARS = 200

_COST = {"n": 2**15, "r": 8, "p": 3}
"""What a guess costs: 32 MiB and a tenth of a second or so (OWASP, Password Storage: one of its equal settings)."""

_MEMORY = 64 * 2**20
_one_at_a_time = Lock()  # each takes memory that a small machine has once


def save(settings: Settings, password: str) -> None:
    """Keep a password in place of the one before; whoever came with that one is out.

    Raises DigestError: "error.password_short", "error.password_long".
    """
    plain = _plain(password)
    if len(plain) < LEAST_CHARS:
        raise DigestError("error.password_short", least=LEAST_CHARS)
    if len(plain) > MOST_CHARS:
        raise DigestError("error.password_long", most=MOST_CHARS)
    salt = secrets.token_bytes(16)
    written = f"scrypt${salt.hex()}${_hash(plain, salt).hex()}\n"
    file = _file(settings)
    datafolder.make(settings.data)
    file.parent.mkdir(mode=datafolder.SECRETS_MODE, exist_ok=True)
    atomic.replace(file, written.encode(), mode=datafolder.SECRET_MODE)
    atomic.sync(file.parent)


def remove(settings: Settings) -> bool:
    """Close the desk: without a password nobody comes there. Say whether there was one."""
    file = _file(settings)
    was_there = file.exists()
    file.unlink(missing_ok=True)
    return was_there


def mark(settings: Settings) -> str | None:
    """Return what changes with the password, and tells nothing of it; None where there is none."""
    written = _written(settings)
    return None if written is None else hashlib.sha256(written.encode()).hexdigest()


def is_right(settings: Settings, password: str) -> bool:
    """Say whether this is the password, in a time that does not tell; there is none: never."""
    written = _written(settings) or f"scrypt${bytes(16).hex()}${bytes(32).hex()}"
    _, salt, expected = written.split("$")
    plain = _plain(password[: MOST_CHARS + 1])
    found = _hash(plain, bytes.fromhex(salt))
    return hmac.compare_digest(found, bytes.fromhex(expected)) and len(plain) <= MOST_CHARS


def expect_where_open(settings: Settings) -> None:
    """Refuse to listen where others can come by without a password: DigestError("error.open_desk")."""
    host = settings.web.host
    if not is_loopback(host) and _written(settings) is None:
        raise DigestError("error.open_desk", host=host)


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach what listens at a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _file(settings: Settings) -> Path:
    return settings.keys / "desk.password"


def _written(settings: Settings) -> str | None:
    try:
        return _file(settings).read_text("ascii").strip()
    except FileNotFoundError:
        return None


def _plain(password: str) -> str:
    """Return a password as any keyboard gives it (NIST SP 800-63B 5.1.1.2: normalise)."""
    return unicodedata.normalize("NFKC", password)


def _hash(plain: str, salt: bytes) -> bytes:
    with _one_at_a_time:
        return hashlib.scrypt(plain.encode("utf-8", "surrogatepass"), salt=salt, maxmem=_MEMORY, dklen=32, **_COST)
