"""The bytes of a letter are what mail programs read without guessing."""

import email
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.delivery import mime
from digest.errors import DigestError
from digest.model import Message

LINK = "https://paper.example/unsubscribe/paper/" + "x" * 120
MESSAGE = Message(
    sender='"云汀日报, 编辑部" <digest@paper.example>',
    recipient="reader@example.org",
    subject="《云汀日报》简报 · 11月20日：白鹭湖水质首次达到二类，环湖步道月底开放，老渡口恢复摆渡，三年治理见成效",
    html="<p>信</p>\n",
    text="信\n.\n..\nFrom here\n",
    message_id="<ab.cd@paper.example>",
    date=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
    headers={"List-Id": "<paper.paper.example>", "List-Unsubscribe": f"<{LINK}>", "Precedence": "bulk"},
)


def parsed(message: Message) -> EmailMessage:
    found = email.message_from_bytes(mime.build(message), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_text_first_then_html_both_in_utf_8() -> None:
    mail = parsed(MESSAGE)
    assert mail.get_content_type() == "multipart/alternative"
    parts = list(mail.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content_charset() for part in parts] == ["utf-8", "utf-8"]
    assert [part.get_content().replace("\r\n", "\n") for part in parts] == [MESSAGE.text, MESSAGE.html]


def test_headers_say_what_was_meant() -> None:
    mail = parsed(MESSAGE)
    assert mail["subject"] == MESSAGE.subject
    assert mail["from"].addresses[0].display_name == "云汀日报, 编辑部"
    assert mail["to"] == MESSAGE.recipient
    assert mail["message-id"] == MESSAGE.message_id
    assert mail["date"].datetime == MESSAGE.date


def test_lines_are_short_ascii_and_end_in_crlf() -> None:
    content = mime.build(MESSAGE)
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    words = [word for word in content.split(b"\r\n\r\n")[0].split() if word.startswith(b"=?")]
    assert words
    assert max(map(len, words)) <= 75


def test_a_long_link_is_not_folded_into_an_encoded_word() -> None:
    assert f"\r\nList-Unsubscribe: <{LINK}>\r\n".encode() in mime.build(MESSAGE)


def with_subject(subject: str) -> Message:
    return Message(**{name: getattr(MESSAGE, name) for name in MESSAGE.__slots__} | {"subject": subject})


def test_an_encoded_word_in_a_subject_lets_no_header_in() -> None:
    with pytest.raises(DigestError) as refusal:
        mime.build(with_subject("=?utf-8?q?a=0ABcc=3A_v=40example=2Etest?="))
    assert refusal.value.code == "error.header"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=200))
def test_no_subject_adds_a_header(subject: str) -> None:
    try:
        content = mime.build(with_subject(subject))
    except (DigestError, ValueError):
        return
    names = {
        line.partition(b":")[0].lower()
        for line in content.partition(b"\r\n\r\n")[0].splitlines()
        if line[:1] not in b" \t"
    }
    assert names <= {
        name.lower().encode()
        for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", *MESSAGE.headers)
    }


def test_the_same_message_gives_the_same_bytes() -> None:
    assert mime.build(MESSAGE) == mime.build(MESSAGE)
