"""The shape of a text: what could be a heading, and what only running text is."""

import pytest

from digest.parsing import shape


@pytest.mark.parametrize(
    "text",
    [
        'I was told that the part was "on its way". From where, may I ask?',
        "The part is on its way. From where?",
        '"It is late," she said',
        "This month, might we each scratch our initials where nobody will see them?",
    ],
)
def test_what_holds_the_end_of_a_sentence_is_no_headline(text: str) -> None:
    assert not shape.is_headline(text)


@pytest.mark.parametrize("text", ['A part "on its way" for a year', "Mr. Arden goes to town", "When will it come?"])
def test_headlines(text: str) -> None:
    assert shape.is_headline(text)
