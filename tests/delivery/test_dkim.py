"""Letters that are signed here: dkimpy, which has its own idea of RFC 6376, finds the signature good."""

import dataclasses
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from digest.delivery import Means, dkim, mime
from digest.delivery.dkim import Signer
from digest.delivery.folder import FolderChannel
from digest.errors import ConfigError
from digest.model import Message
from digest.settings import Smtp

_PEM = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def pem(bits: int) -> str:
    return rsa.generate_private_key(65_537, bits).private_bytes(*_PEM).decode()


SIGNER = Signer("paper.example", "s1", pem(2048))

MESSAGE = Message(
    sender="=?utf-8?b?5LqR5rGA?= <news@paper.example>",
    recipient="lin@reader.example",
    subject="白鹭湖水质首次达到二类，环湖步道月底开放，老渡口恢复摆渡，票价两元，每天四班",
    html="<p>正文</p>" * 500,
    text="正文\n.\n..点\n" * 100,
    message_id="<1.2@paper.example>",
    date=datetime(2026, 11, 20, tzinfo=UTC),
    headers={
        "List-Unsubscribe": f"<https://service.example/unsubscribe/paper/{'x' * 60}>, <mailto:u@paper.example>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": "<paper.paper.example>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    },
)


def signed_names(content: bytes) -> set[str]:
    fields = message_from_bytes(content)["DKIM-Signature"].split(";")
    (names,) = [field.partition("=")[2] for field in fields if field.strip().startswith("h=")]
    return {name.strip() for name in names.split(":")}


def test_a_letter_is_signed_with_all_that_a_reader_goes_by() -> None:
    content = SIGNER.sign(mime.build(MESSAGE))
    assert dkim.is_genuine(content, SIGNER.record)
    assert signed_names(content) >= {
        *("from", "to", "subject", "date", "message-id", "mime-version", "content-type"),
        *("list-unsubscribe", "list-unsubscribe-post"),
    }
    head = content.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\nList-Id")[0].split(b"\r\n")[:8])) <= 78
    assert b" l=" not in head


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"lin@reader.example", b"eve@reader.example"),
        (b"One-Click", b"Two-Click"),
        (b"unsubscribe/paper", b"unsubscribe/other"),
        (b"MIME-Version", b"From: eve@paper.example\r\nMIME-Version"),
        (b"--\r\n", b"--\r\nmore\r\n"),
    ],
)
def test_what_is_changed_on_the_way_is_found_out(old: bytes, new: bytes) -> None:
    content = SIGNER.sign(mime.build(MESSAGE))
    assert old in content
    assert not dkim.is_genuine(content.replace(old, new), SIGNER.record)


@given(st.lists(st.sampled_from([b"a", b" ", b"\t", b"\r\n", b"\xe4", b".", b"  b"])).map(b"".join))
def test_any_body_is_signed_as_others_read_it(body: bytes) -> None:
    content = SIGNER.sign(b"From: a@paper.example\r\nSubject:  a\r\n\t b \r\n\r\n" + body + b"\r\n")
    assert dkim.is_genuine(content, SIGNER.record)


def test_a_letter_in_a_file_is_signed_too(tmp_path: Path) -> None:
    with FolderChannel(Means(Smtp(), None, tmp_path, sign=SIGNER.sign)) as channel:
        channel.send(dataclasses.replace(MESSAGE, html=""), lambda: None)
    (file,) = tmp_path.glob("*.eml")
    assert dkim.is_genuine(file.read_bytes(), SIGNER.record)


@pytest.mark.parametrize(
    "key", ["no key", pem(1024), ec.generate_private_key(ec.SECP256R1()).private_bytes(*_PEM).decode()]
)
def test_a_key_that_receivers_would_not_trust_is_refused(key: str) -> None:
    with pytest.raises(ConfigError):
        Signer("paper.example", "s1", key)
