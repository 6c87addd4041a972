"""The data folder: its owner's, and open to a group such as the web server's; what is secret in it is its owner's alone."""

import secrets
from pathlib import Path

from digest import atomic
from digest.errors import DigestError
from digest.tokens import Key

MODE = 0o750
SECRETS_MODE = 0o700
SECRET_MODE = 0o600

_BYTES = 32


def make(folder: Path) -> None:
    """Make the data folder where there is none.

    Raises DigestError("error.half_restored") where a restore was cut off: a service would begin another office there.
    """
    if atomic.is_half_filled(folder):
        raise DigestError("error.half_restored", folder=str(folder))
    if not folder.exists():
        atomic.make_folder(folder)
        folder.chmod(MODE)


def reserve(file: Path) -> None:
    """Make an empty file that is its owner's alone, where there is none; SQLite gives what it puts beside it the same rights."""
    if not file.exists():
        file.touch(mode=SECRET_MODE)


def blob(blobs: Path, sha256: str) -> Path:
    """Return where the bytes with this SHA-256 lie in the folder of all that are kept."""
    return blobs / sha256[:2] / sha256


def open_key(folder: Path) -> Key:
    """Return the secrets of all tokens, which lie in the folder `keys`, made where there are none.

    Who renames `token.key` to `token-NAME.key` gets a new one; the old is still good for what lies in old letters.
    """
    former = (path.read_bytes() for path in sorted(folder.glob("token-*.key")))
    return Key((_secret(folder / "token.key"), *former), addresses=_secret(folder / "address.key"))


def _secret(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(mode=SECRETS_MODE, exist_ok=True)
        atomic.replace(path, secrets.token_bytes(_BYTES), mode=SECRET_MODE)
        atomic.sync(path.parent)
    return path.read_bytes()
