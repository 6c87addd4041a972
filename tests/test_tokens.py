"""A token is good for one purpose, one person and one key version, and, where it has an end, until then."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import tokens
from digest.tokens import Key

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
KEY = Key((b"k" * 32,), addresses=b"a" * 32)
OTHER = Key((b"x" * 32,), addresses=b"a" * 32)
NEXT = Key((b"n" * 32, b"k" * 32), addresses=b"a" * 32)
TOKEN = tokens.sign(KEY, "unsubscribe:paper", "ab12", 1)
ENDING = tokens.sign(KEY, "confirm:paper", "ab12", 1, NOW)


def test_a_token_is_its_owners() -> None:
    assert tokens.public_id(TOKEN) == tokens.public_id(ENDING) == "ab12"
    assert tokens.verify(KEY, "unsubscribe:paper", TOKEN, 1)


@pytest.mark.parametrize(
    ("key", "purpose", "token", "version"),
    [
        (OTHER, "unsubscribe:paper", TOKEN, 1),
        (KEY, "unsubscribe:other", TOKEN, 1),
        (KEY, "unsubscribe:paper", TOKEN, 2),
        (KEY, "unsubscribe:paper", TOKEN[:-1], 1),
        (KEY, "unsubscribe:paper", "ab13" + TOKEN[4:], 1),
        (KEY, "unsubscribe:paper", "", 1),
    ],
)
def test_and_nothing_elses(key: Key, purpose: str, token: str, version: int) -> None:
    assert not tokens.verify(key, purpose, token, version)


def test_a_token_that_ends_is_good_until_then() -> None:
    assert tokens.verify(KEY, "confirm:paper", ENDING, 1, now=NOW)
    assert not tokens.verify(KEY, "confirm:paper", ENDING, 1, now=NOW + timedelta(seconds=1))


def test_an_end_can_be_neither_moved_nor_left_out() -> None:
    owner, seconds, mac = ENDING.split(".")
    later = f"{owner}.{int(seconds) + 60}.{mac}"
    assert not tokens.verify(KEY, "confirm:paper", later, 1, now=NOW)
    assert not tokens.verify(KEY, "confirm:paper", f"{owner}.{mac}", 1)
    assert not tokens.verify(KEY, "confirm:paper", ENDING, 1)
    endless = tokens.sign(KEY, "confirm:paper", "ab12", 1)
    assert not tokens.verify(KEY, "confirm:paper", endless, 1, now=NOW)


def test_after_a_change_of_keys_old_letters_can_still_be_answered() -> None:
    assert tokens.verify(NEXT, "unsubscribe:paper", TOKEN, 1, former=True)
    assert not tokens.verify(NEXT, "unsubscribe:paper", TOKEN, 1)
    assert tokens.verify(NEXT, "unsubscribe:paper", tokens.sign(NEXT, "unsubscribe:paper", "ab12", 1), 1)


def test_a_mail_server_may_change_the_case() -> None:
    assert tokens.verify(KEY, "unsubscribe:paper", TOKEN.upper(), 1)
    assert tokens.public_id(TOKEN.upper()) == "ab12"


@given(st.text())
def test_no_text_is_a_token_by_chance(token: str) -> None:
    assert not tokens.verify(KEY, "unsubscribe:paper", token, 1)
    assert not tokens.verify(KEY, "unsubscribe:paper", token, 1, now=NOW)


def test_a_token_fits_a_url_and_a_local_part_as_it_is() -> None:
    assert all(character.isalnum() or character in "-_." for character in TOKEN + ENDING)
    assert len(tokens.sign(KEY, "bounce", "0" * 16, 1)) <= 64 - len("bounce+")


def test_an_address_is_hashed_with_a_key_of_its_own() -> None:
    hashed = tokens.address_hash(KEY, "a@example.org")
    assert hashed == tokens.address_hash(NEXT, "a@example.org")
    assert hashed != tokens.address_hash(Key(KEY.signing, b"b" * 32), "a@example.org")
