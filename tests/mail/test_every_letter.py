"""Every type of message keeps every [M] row of mail.md section 1, as it is sent; and the checker would notice if not."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from digest.delivery import dkim, mime
from tests.conftest import Golden
from tests.mail import samples
from tests.mail.checker import faults

EVERY = samples.every()
KEY = rsa.generate_private_key(65_537, 2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
SIGNER = dkim.Signer("paper.example", "s1", KEY.decode())
LETTER, WANTED = EVERY["issue-full-zh"]
UNSUBSCRIBE = f"https://service.example/unsubscribe/yunting/{samples.TOKEN}"

Change = Callable[[bytes], bytes]


@pytest.mark.parametrize("name", EVERY)
def test_it_keeps_every_row(name: str, golden: Golden) -> None:
    message, wanted = EVERY[name]
    content = mime.build(message)
    assert faults(content, wanted) == []
    golden(f"letters/{name}.eml", content)


@pytest.mark.parametrize("name", ["weekly-full-zh", "daily-headlines-en", "confirm-zh"])
def test_it_does_signed_too(name: str) -> None:
    message, wanted = EVERY[name]
    content = SIGNER.sign(mime.build(message))
    assert faults(content, wanted) == []
    assert dkim.is_genuine(content, SIGNER.record)


def header(name: str, value: str) -> Change:
    """Return what replaces a header's line."""
    return lambda content: re.sub(
        rf"(?m)^{name}: [^\r]*(?:\r\n[ \t][^\r]*)*".encode(), f"{name}: {value}".encode(), content
    )


def added(line: str) -> Change:
    return lambda content: f"{line}\r\n".encode() + content


@pytest.mark.parametrize(
    ("row", "change"),
    [
        ("1.1", header("To", "reader@home.example, other@home.example")),
        ("1.1", lambda content: content.replace(b"text/plain", b"text/enriched")),
        (
            "1.2",
            header(
                "Subject",
                "=?utf-8?b?5LqR5rGA5pel5oql5LqR5rGA5pel5oql5LqR5rGA5pel5oql5LqR5rGA5pel5oql5LqR5rGA5pel5oql?=",
            ),
        ),
        ("1.2", header("Subject", "=?utf-8?b?5LqR5rGA5pel5oql5A==?=\r\n =?utf-8?b?upE=?=")),
        ("1.3", header("Message-ID", "<1@localhost>")),
        ("1.4", header("List-Unsubscribe", "<https://a.example/1>, <https://a.example/2>")),
        ("1.4", header("List-Unsubscribe-Post", "List-Unsubscribe=Two-Clicks")),
        ("1.4", header("List-Id", "paper")),
        ("1.5", header("List-Unsubscribe", "=?utf-8?q?=3Chttps=3A//a=2Eexample/1=3E?=")),
        ("1.6", added("DKIM-Signature: v=1; a=rsa-sha1; d=paper.example; h=from:to; bh=a; b=b")),
        ("1.7", header("Auto-Submitted", "auto-replied")),
        ("1.7", header("Precedence", "list")),
        ("1.13", header("Subject", "Re: {title}")),
        ("1.14", lambda content: content.replace(b"Encoding: base64", b"Encoding: 8bit")),
        ("1.15", header("Feedback-ID", "1:2:3")),
        ("7.1", added("Bcc: v@example.test")),
        ("7.1", added("X-Mailer: digest")),
        ("7.5", lambda content: content.replace(b"\r\n", b"\n", 1)),
    ],
)
def test_the_checker_notices_a_fault_in_the_headers(row: str, change: Change) -> None:
    assert row in {fault.split()[0] for fault in faults(change(mime.build(LETTER)), WANTED)}


@pytest.mark.parametrize(
    ("row", "old", "new"),
    [
        ("1.8", "<p ", f"<p><!-- {'x' * 90_000} --></p><p "),
        ("1.8", 'width="100%"', 'width="700"'),
        ("1.8", 'name="viewport"', 'name="view"'),
        ("1.8", 'content="light dark"', 'content="light"'),
        ("1.8", "<p ", f'<p style="display: none">{"隐" * 251}</p><p '),
        ("1.8", "<p ", "<p>未写样式</p><p "),
        ("1.9", "<p ", "<form></form><p "),
        ("1.9", "<td ", '<td onclick="x()" '),
        ("1.9", ".jpg", ".webp"),
        ("1.9", 'alt="', 'title="'),
        ("1.9", 'src="https:', 'src="http:'),
        ("1.10", "margin:8px 0 0 0", "margin:0 auto"),
        ("1.10", "text-align:center", "display:flex"),
        ("1.10", "padding:0;color", "padding:9px 0;color"),
        ("1.10", "width:100%", "width:calc(100% - 1px)"),
        ("1.12", UNSUBSCRIBE, "https://a.example/"),
        ("1.12", "冬小麦播种过九成", "冬小麦"),
        ("1.12", "柳荫路8号", ""),
        ("7.2", 'href="https://paper.example/yunting/2026/11/20/1/"', 'href="javascript:alert(1)"'),
    ],
)
def test_the_checker_notices_a_fault_in_the_page(row: str, old: str, new: str) -> None:
    assert old in LETTER.html
    found = faults(mime.build(replace(LETTER, html=LETTER.html.replace(old, new))), WANTED)
    assert row in {fault.split()[0] for fault in found}, found


@pytest.mark.parametrize(
    ("row", "old", "new"),
    [
        ("1.11", "关于城北片区11月24日停水的通知", "通知"),
        ("1.11", "https://paper.example/yunting/2026/11/20/2/", ""),
        ("1.11", "\n", "<b>"),
        ("1.11", "渡。\n", "渡。 " + "很长的一行" * 9),
        ("1.12", UNSUBSCRIBE, "https://a.example/"),
        ("1.12", "柳荫路8号", ""),
    ],
)
def test_the_checker_notices_a_fault_in_the_text(row: str, old: str, new: str) -> None:
    assert old in LETTER.text
    found = faults(mime.build(replace(LETTER, text=LETTER.text.replace(old, new))), WANTED)
    assert row in {fault.split()[0] for fault in found}, found
