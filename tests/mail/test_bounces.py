"""What comes back, in the forms that mail servers write: whose letter it was, and what it means."""

from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import verp
from digest.mail import bounces
from digest.mail.bounces import Verdict

FOLDER = Path(__file__).parent.parent / "data" / "bounces"
ADDRESS = "bounce+{token}@bounces.paper.example"
TOKEN = "7.abcdefghijklmnopqrstuvwxyz234567"
MESSAGE_ID = "<d41d8cd98f00b204.e9800998ecf8427e@paper.example>"

HARD: tuple[Verdict, str] = ("hard", "5.1.1")
MEANS: dict[str, tuple[Verdict, str | None]] = {
    "aliyun-text": ("soft", None),
    "aliyun-throttled": ("throttle", "5.0.0"),
    "arf-abuse": ("complaint", None),
    "arf-dmarc-failure": ("none", None),
    "arf-not-spam": ("none", None),
    "arf-redacted": ("complaint", None),
    "domino": ("hard", None),
    "dragonfly": HARD,
    "exchange-2003": ("hard", None),
    "exchange-full": ("soft", "5.2.2"),
    "exim-old-text": ("hard", None),
    "exim-unknown": HARD,
    "exim-warning": ("delayed", None),
    "global-report": HARD,
    "gmail-not-found": HARD,
    "netease-coremail": HARD,
    "netease-raw": ("hard", None),
    "office365-not-found": ("hard", "5.1.10"),
    "office365-restricted": ("policy", "5.7.133"),
    "original-first": HARD,
    "postfix-delayed": ("delayed", "4.4.1"),
    "postfix-expired": ("soft", "4.4.1"),
    "postfix-forwarded": HARD,
    "postfix-mailbox-full": ("soft", "5.2.2"),
    "postfix-no-domain": ("hard", "5.4.4"),
    "postfix-relayed": ("none", "2.0.0"),
    "postfix-several": ("soft", "5.2.2"),
    "postfix-to-163-busy": ("throttle", "4.0.0"),
    "postfix-to-163-quota": ("throttle", "4.0.0"),
    "postfix-to-163-spam": ("policy", "5.0.0"),
    "postfix-to-163-suspended": ("hard", "5.0.0"),
    "postfix-to-163-unknown": ("hard", "5.0.0"),
    "postfix-to-gmail-disabled": ("hard", "5.2.1"),
    "postfix-to-gmail-dmarc": ("policy", "5.7.26"),
    "postfix-to-gmail-rate": ("throttle", "4.7.28"),
    "postfix-to-outlook-blocklist": ("policy", "5.7.1"),
    "postfix-to-outlook-unknown": ("hard", "5.5.0"),
    "postfix-to-qq-content": ("policy", "5.0.0"),
    "postfix-to-qq-frequency": ("throttle", "5.0.0"),
    "postfix-to-qq-ip-frequency": ("throttle", "5.0.0"),
    "postfix-to-qq-not-found": ("hard", "5.0.0"),
    "postfix-to-qq-too-popular": ("soft", "5.0.0"),
    "postfix-to-yahoo-unknown": ("hard", "5.0.0"),
    "postfix-unknown-user": HARD,
    "qmail-local": HARD,
    "qmail-timeout": ("soft", None),
    "qmail-unknown": HARD,
    "qq-delayed": ("delayed", "4.3.0"),
    "qq-full": ("soft", None),
    "qq-unknown": ("hard", None),
    "report-in-base64": HARD,
    "sendmail-delayed": ("delayed", "4.4.7"),
    "sendmail-unknown": HARD,
}
NO_BOUNCES = {"out-of-office", "out-of-office-zh", "read-receipt", "reader-reply", "unsubscribe-by-mail"}
WITHOUT_TOKEN = {"arf-redacted", "unsubscribe-by-mail"}

MAILS = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.eml"))}


def read(name: str) -> bounces.Report:
    return bounces.read(MAILS[name], verp.pattern(ADDRESS))


def test_every_form_is_told_of() -> None:
    assert MAILS.keys() == MEANS.keys() | NO_BOUNCES


@pytest.mark.parametrize("name", MEANS)
def test_what_it_means(name: str) -> None:
    bounce = read(name).of("lin@reader.example")
    assert bounce is not None
    assert (bounce.verdict, bounce.status) == MEANS[name]


@pytest.mark.parametrize("name", sorted(NO_BOUNCES))
def test_what_people_and_their_answering_machines_write_is_no_bounce(name: str) -> None:
    assert not read(name).bounces


@pytest.mark.parametrize("name", MAILS)
def test_whose_letter_it_was(name: str) -> None:
    assert read(name).tokens == (() if name in WITHOUT_TOKEN else (TOKEN,))


def test_a_redacted_complaint_names_the_letter_by_its_message_id() -> None:
    assert MESSAGE_ID in read("arf-redacted").message_ids


def test_the_address_that_was_written_to_comes_before_the_one_it_led_to() -> None:
    (bounce,) = read("original-first").bounces
    assert bounce.recipients == ("lin@reader.example", "rewritten+lin=reader.example@lists.example")


def test_a_letter_to_several_has_failed_as_far_as_for_the_one_that_fared_best() -> None:
    report = read("postfix-several")
    assert [one.verdict for one in report.bounces] == ["hard", "soft"]
    office, one = report.of("office@reader.example"), report.of("one@reader.example")
    assert (office and office.verdict, one and one.verdict) == ("soft", "hard")


def test_the_letter_that_is_returned_has_no_say() -> None:
    assert b"spam filter" in MAILS["exim-old-text"]
    assert "垃圾邮件" in MAILS["netease-raw"].decode("gb18030")
    assert {MEANS[name][0] for name in ("exim-old-text", "netease-raw")} == {"hard"}


def test_words_that_only_sound_final_are_not() -> None:
    assert bounces.judge("550 Requested action not taken") == "soft"
    assert bounces.judge("550 5.1.1 no such user") == "hard"
    assert bounces.judge("450 4.1.1 no such user, perhaps") == "soft"
    assert bounces.judge("550 no such user", "4.7.1") == "soft"


@given(st.binary())
def test_any_bytes_are_a_report(content: bytes) -> None:
    assert isinstance(bounces.read(content, verp.pattern(ADDRESS)), bounces.Report)


@given(st.sampled_from(sorted(MAILS)), st.data())
def test_a_damaged_mail_is_a_report(name: str, data: st.DataObject) -> None:
    content = MAILS[name]
    at, end = sorted(data.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    damaged = content[:at] + data.draw(st.binary(max_size=40)) + content[end:]
    bounces.report.understood(message_from_bytes(damaged), verp.pattern(ADDRESS))


@pytest.mark.parametrize(
    "deep", [b"Content-Type: message/rfc822\n\n", b"Content-Type: multipart/report; boundary=x\n\n--x\n"]
)
def test_a_mail_in_mails_without_end_is_a_report(deep: bytes) -> None:
    assert not bounces.read(deep * 4000).bounces
