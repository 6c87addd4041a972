"""A newsroom may choose any colour; what is written in it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.colours import contrast, is_colour, readable

any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#ffffff") == contrast("#ffffff", "#767676") > 4.5


def test_what_can_be_read_stays_as_it_is() -> None:
    assert readable("#005a9c", "#fbfaf7") == "#005a9c"
    assert readable("#FFD54F", "#171614") == "#ffd54f"


def test_what_cannot_goes_no_further_towards_black_or_white_than_it_must() -> None:
    yellow = readable("#ffd54f", "#fbfaf7")
    assert 4.5 <= contrast(yellow, "#fbfaf7") < 4.8
    red, green, blue = bytes.fromhex(yellow[1:])
    assert red > green > blue
    navy = readable("#00205b", "#171614")
    assert 4.5 <= contrast(navy, "#171614") < 4.8
    red, green, blue = bytes.fromhex(navy[1:])
    assert red < green < blue


@given(any_colour, st.sampled_from(["#fbfaf7", "#171614", "#fffefb", "#1b1a17", "#ffffff", "#000000"]))
def test_any_colour_becomes_readable_and_then_stays(colour: str, background: str) -> None:
    made = readable(colour, background)
    assert is_colour(made)
    assert contrast(made, background) >= 4.5
    assert readable(made, background) == made


@pytest.mark.parametrize("words", ["", "#fff", "red", "#12345g", "#1234567", "9b1c1f", " #9b1c1f", "#9b1c1f\n"])
def test_only_six_hexadecimal_digits_are_a_colour(words: str) -> None:
    assert is_colour("#9B1c1f")
    assert not is_colour(words)
