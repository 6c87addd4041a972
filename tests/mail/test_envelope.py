"""A letter to one person: what differs, which headers it has, and that hostile words are only words (mail.md 1, 7.1, 7.2)."""

import email
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest import mail
from digest.delivery import mime
from digest.errors import DigestError
from digest.mail.envelope import UNSUBSCRIBE_MARK, header_text
from digest.messages import Messages
from digest.model import Article, Letter, Message
from digest.text import clean
from tests.builders import HOSTILE, ISSUE, PAPER, hostile_article, issue_of
from tests.mail import samples

ZH = Messages("zh")
LETTER = mail.render(mail.compose(PAPER, [ISSUE]), samples.TEMPLATES, ZH, "云汀日报社")

TITLES = (
    *HOSTILE,
    "a\r\nBcc: v@example.test",
    "a\nSubject: b\n\n<b>c</b>",
    "%0d%0aBcc: v@example.test",
    "&#13;&#10;Bcc: v@example.test",
    "=?utf-8?b?DQpCY2M6IHZAZXhhbXBsZS50ZXN0?=",
    "=?iso-8859-1?q?=0D=0ABcc=3A_v=40example=2Etest?= =?utf-8?q?=00?=",
    "=\u200b?utf-8?q?x?=",
    "a\x0bb\x85c\u202ed\x00e",
    '"a" <v@example.test>, b@example.test (c) \\',
    "--=boundary\r\nContent-Type: text/html",
    "</style><!--[if mso]><img src=x><![endif]-->",
    "https://unsubscribe.invalid/ //evil.example data:text/html,x",
    "[[ link ]]{# #}{% raw %}{{ self }}",
    "\U00020bb7野家\U0001f600\u0301" * 9,
    ".\r\n.",
)
"""Thirty titles, each of which is to be no more than its words."""


def addressed(letter: Letter, *, name: str = PAPER.title, own: str = "https://paper.example/u/t") -> Message:
    return mail.address(
        letter,
        sender="digest@paper.example",
        sender_name=name,
        recipient="reader@home.example",
        unsubscribe_url=own,
        preferences_url="https://paper.example/preferences/abc.def",
        list_id="yunting.paper.example",
        message_id="<1.2@paper.example>",
        date=datetime(2026, 11, 19, 23, 30, tzinfo=UTC),
    )


# To one person


def test_only_the_recipients_own_facts_differ() -> None:
    one, other = addressed(LETTER, own="https://x.example/1"), addressed(LETTER, own="https://x.example/2")
    assert one.html == other.html.replace("https://x.example/2", "https://x.example/1")
    assert UNSUBSCRIBE_MARK not in one.html + one.text


def test_an_own_link_is_escaped_where_it_stands() -> None:
    message = addressed(LETTER, own="https://x.example/?a=1&b=<\"'>\r\nBcc: v@example.test")
    href = "https://x.example/?a=1&b=%3C%22'%3E%0D%0ABcc:%20v@example.test"
    assert html.document_fromstring(message.html).cssselect("a")[-2].get("href") == href
    assert href in message.text
    assert message.headers["List-Unsubscribe"] == f"<{href}>"


def test_no_article_can_hold_the_mark() -> None:
    said = clean(f"来 {UNSUBSCRIBE_MARK} 吧")[0]
    digest = mail.compose(PAPER, [issue_of(Article(headline=said, summary=(said,)))])
    assert addressed(mail.render(digest, samples.TEMPLATES, ZH)).html.count("https://paper.example/u/") == 1


# Headers


def test_the_headers_are_those_of_a_list() -> None:
    message = addressed(LETTER, name="The Courier")
    assert message.headers == {
        "List-Id": '"The Courier" <yunting.paper.example>',
        "List-Unsubscribe": "<https://paper.example/u/t>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "Feedback-ID": "20261119:yunting.paper.example:letter:05ab330c5553",
    }
    assert (message.sender, message.recipient) == ("The Courier <digest@paper.example>", "reader@home.example")


def test_answers_and_mails_to_unsubscribe_go_where_they_are_read() -> None:
    message = samples.addressed(PAPER, LETTER)
    assert message.headers["Reply-To"] == "letters@paper.example"
    https, mailto = message.headers["List-Unsubscribe"].split(", ")
    assert https.startswith("<https://service.example/unsubscribe/yunting/")
    assert mailto.startswith("<mailto:bounce+unsubscribe@paper.example?subject=unsubscribe%20")


@pytest.mark.parametrize("name", ["云汀日报", "长" * 80, 'The "Courier", Inc. (est. 1851) \\', "云" + "x" * 200, " "])
def test_the_list_is_called_as_the_sender_is(name: str) -> None:
    content = mime.build(addressed(LETTER, name=name))
    head = content.partition(b"\r\n\r\n")[0].decode()
    (raw,) = re.findall(r"(?m)^List-Id: ([^\r]*)", head.replace("\r\n ", " "))
    said, _, place = str(make_header(decode_header(raw))).rpartition(" ")
    assert place == "<yunting.paper.example>"
    assert re.sub(r"\\(.)", r"\1", said.strip().strip('"')) == name.strip()
    assert all(len(line) <= 76 for line in head.split("\r\n") if "=?" in line)


# Hostile words


def letter_saying(words: str) -> Letter:
    issue = issue_of(hostile_article(words), hostile_article(words))
    issue = replace(issue, masthead=replace(issue.masthead, lunar_date=words))
    digest = mail.compose(replace(PAPER, title=words), [issue], issue.articles, topics=[f"section:{words}"])
    return mail.render(digest, samples.TEMPLATES, ZH, words)


def shape(page: str) -> list[tuple[str, list[str]]]:
    return [(str(element.tag), sorted(element.attrib)) for element in html.document_fromstring(page).iter()]


def addresses(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("https://paper.example/")]


HARMLESS = letter_saying("无害")


def test_there_are_thirty_titles() -> None:
    assert len(set(TITLES)) == 30


@pytest.mark.parametrize("words", TITLES)
def test_hostile_words_change_nothing_but_words(words: str) -> None:
    words = clean(words)[0]  # as every reader of a file does
    letter = letter_saying(words)
    assert shape(letter.html) == shape(HARMLESS.html)
    assert addresses(letter.text) == addresses(HARMLESS.text)
    shown = " ".join(words.split())[:199] + ("…" if len(words) > 200 else "")
    assert html.document_fromstring(letter.html).cssselect("h2 a")[0].text == shown
    assert re.sub(r"\s", "", shown) in re.sub(r"\s", "", letter.text)


@pytest.mark.parametrize("words", TITLES)
def test_hostile_words_add_no_header_and_no_part(words: str) -> None:
    message = addressed(replace(letter_saying(clean(words)[0]), subject=header_text(words)), name=words)
    content = mime.build(message)
    read = email.message_from_bytes(content, policy=policy.default)
    names = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", *message.headers]
    assert sorted(read.keys()) == sorted(names)
    assert read["To"] == "reader@home.example"
    assert [one.addr_spec for one in read["From"].addresses] == ["digest@paper.example"]
    assert re.sub(r"\s", "", str(read["Subject"])) == re.sub(r"\s", "", header_text(words))
    assert [part.get_content_type() for part in read.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_a_message_with_a_header_that_nobody_set_is_refused() -> None:
    smuggled = replace(addressed(LETTER), subject="=?utf-8?q?a=0ABcc=3A_v=40example=2Etest?=")
    with pytest.raises(DigestError) as refusal:
        mime.build(smuggled)
    assert refusal.value.code == "error.header"


@given(st.text())
def test_header_text_is_one_clean_line_that_begins_no_encoded_word(words: str) -> None:
    line = header_text(words)
    assert "=?" not in line
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in line)
    assert line == " ".join(line.split())
