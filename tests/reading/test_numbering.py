"""The numbers that Word counts."""

import pytest
from lxml import etree

from digest.reading.numbering import Numbering, written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LISTS = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>
</w:numbering>"""


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (3, "decimal", "3"), (3, "upperRoman", "III"), (1994, "lowerRoman", "mcmxciv"), (28, "upperLetter", "BB"),
        (3, "chineseCounting", "三"), (10, "chineseCounting", "十"), (12, "chineseCounting", "十二"),
        (20, "chineseCounting", "二十"), (105, "chineseCountingThousand", "一百零五"), (1010, "chineseCounting", "一千零一十"),
        (12, "ideographDigital", "一二"), (5, "decimalEnclosedCircle", "⑤"), (4000, "upperRoman", "4000"), (2, "hex", "2"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_list_wants(number: int, form: str, expected: str) -> None:
    assert written(number, form) == expected


def test_a_list_counts_on_its_lower_levels_begin_anew_and_lists_do_not_disturb_each_other() -> None:
    numbering = Numbering(etree.fromstring(LISTS))
    places = [("1", 0), ("1", 1), ("1", 1), ("2", 0), ("1", 0), ("1", 1)]
    assert [numbering.next(place) for place in places] == ["一、", "一.1 ", "一.2 ", "一、", "二、", "二.1 "]


def test_what_no_list_knows_has_no_number() -> None:
    assert Numbering(None).next(("1", 0)) == Numbering(etree.fromstring(LISTS)).next(("9", 0)) == ""
