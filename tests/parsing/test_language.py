"""The language that an issue is written in."""

import pytest

from digest.parsing.language import language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("全县各乡镇同时开工修渠，预计两个月完成。", "zh-Hans"),
        ("舊圳修復工程昨日完工，圳水重新流進農田。", "zh-Hant"),
        ("The council voted to reopen the line on Tuesday.", "en"),
        ("Le conseil a décidé de rouvrir la ligne dans le village.", "fr"),
        ("Der Rat hat die Strecke mit dem Zug nicht geöffnet und das ist gut.", "de"),
        ("昨日、町の議会で鉄道の再開が決まりました。", "ja"),
        ("12345", "und"),
        ("", "und"),
    ],
)
def test_language(text: str, tag: str) -> None:
    assert language([text]) == tag
