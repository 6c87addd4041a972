"""Sign letters (RFC 6376, rsa-sha256, relaxed/relaxed), where the mail server does not.

dkimpy signs too, with RSA in Python: four times as long as everything else that is done for a message.
"""

import base64
import hashlib
import re
import textwrap

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from digest.errors import ConfigError

SIGNED = (
    *("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding"),
    *("reply-to", "list-id", "list-unsubscribe", "list-unsubscribe-post"),
    *("auto-submitted", "precedence", "feedback-id"),
)
"""The headers that are signed where they are there (mail.md 1.6)."""

MIN_BITS = 2048

_WHITE = re.compile(rb"[ \t]+")
_FOLD = re.compile(rb"\r\n(?=[ \t])")
_LINE_END = re.compile(rb" \r\n")


class Signer:
    """Signs as `domain` with an RSA key, of which the record of `selector` holds the public half."""

    def __init__(self, domain: str, selector: str, pem: str) -> None:
        """Load the key. Raises ConfigError("error.dkim_key") where it is no RSA key of `MIN_BITS`."""
        try:
            key = serialization.load_pem_private_key(pem.encode(), None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise ConfigError("error.dkim_key", bits=MIN_BITS) from error
        if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < MIN_BITS:
            raise ConfigError("error.dkim_key", bits=MIN_BITS)
        self.domain = domain
        self.selector = selector
        self._key = key

    @property
    def record(self) -> str:
        """What the TXT record at `SELECTOR._domainkey.DOMAIN` has to say."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        der = self._key.public_key().public_bytes(serialization.Encoding.DER, form)
        return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"

    def sign(self, content: bytes) -> bytes:
        """Return a message, of which every line ends in CRLF, with its signature in front."""
        head, _, body = content.partition(b"\r\n\r\n")
        headers = [_relaxed(line) for line in _FOLD.sub(b"", head).split(b"\r\n")]
        present = [name for name in SIGNED if any(name == header.partition(b":")[0].decode() for header in headers)]
        names = ["from", *present]  # twice, so that nobody can add another
        own = (
            f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain}; s={self.selector};\r\n"
            f" h={_folded(':'.join(names), ':')};\r\n bh={_body_hash(body)};\r\n b="
        )
        # The n-th mention of a name is its n-th header from the end; of a header that is not there, nothing is signed.
        signed = [header for name in present for header in headers if header.startswith(f"{name}:".encode())]
        signed.append(_relaxed(_FOLD.sub(b"", own.encode())))
        signature = self._key.sign(b"\r\n".join(signed), padding.PKCS1v15(), hashes.SHA256())
        return f"{own}{_folded(base64.b64encode(signature).decode())}\r\n".encode() + content


def is_genuine(content: bytes, record: str) -> bool:
    """Say whether a message bears a good signature of the key in the record, as dkimpy sees it."""
    import dkim

    return bool(dkim.verify(content, dnsfunc=lambda _name, **_: record.encode()))


def _relaxed(header: bytes) -> bytes:
    name, _, value = header.partition(b":")
    return name.strip().lower() + b":" + _WHITE.sub(b" ", value).strip()


def _body_hash(body: bytes) -> str:
    """Return the hash of a body: white space is one space, there is none at a line's end, no empty line at the end."""
    lines = _LINE_END.sub(b"\r\n", _WHITE.sub(b" ", body) + b"\r\n").rstrip(b"\r\n")
    return base64.b64encode(hashlib.sha256(lines + b"\r\n" if lines else b"").digest()).decode()


def _folded(value: str, separator: str = "") -> str:
    """Return a value in lines of at most 72 characters, which end behind a separator where there is one."""
    spaced = value.replace(separator, f"{separator} ") if separator else value
    lines = textwrap.wrap(spaced, 72, break_on_hyphens=False)
    return "\r\n ".join(line.replace(" ", "") for line in lines)
