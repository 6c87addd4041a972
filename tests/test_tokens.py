"""A token is good for one purpose, one person and one key version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import tokens

KEY = b"k" * 32
TOKEN = tokens.sign(KEY, "unsubscribe:paper", "ab12", 1)


def test_a_token_is_its_owners() -> None:
    assert tokens.public_id(TOKEN) == "ab12"
    assert tokens.verify(KEY, "unsubscribe:paper", TOKEN, 1)


@pytest.mark.parametrize(
    ("key", "purpose", "token", "version"),
    [
        (b"x" * 32, "unsubscribe:paper", TOKEN, 1),
        (KEY, "unsubscribe:other", TOKEN, 1),
        (KEY, "unsubscribe:paper", TOKEN, 2),
        (KEY, "unsubscribe:paper", TOKEN[:-1], 1),
        (KEY, "unsubscribe:paper", "ab13" + TOKEN[4:], 1),
        (KEY, "unsubscribe:paper", "", 1),
    ],
)
def test_and_nothing_elses(key: bytes, purpose: str, token: str, version: int) -> None:
    assert not tokens.verify(key, purpose, token, version)


@given(st.text())
def test_no_text_is_a_token_by_chance(token: str) -> None:
    assert not tokens.verify(KEY, "unsubscribe:paper", token, 1)


def test_a_token_fits_a_url_as_it_is() -> None:
    assert all(character.isalnum() or character in "-_." for character in TOKEN)
