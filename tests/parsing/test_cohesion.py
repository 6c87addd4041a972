"""Cohesion: texts on one matter share words that the rest of the issue has not."""

from digest.parsing.cohesion import Cohesion

LAMP = "老许守着灯塔三十四年，灯塔的灯芯每夜要剪三次。"
TOWER = "台风那夜，灯塔晃了一夜，灯芯没有灭过。"
TEA = "春茶陆续开采，茶农四点上山，鲜叶中午送到厂里。"
ISSUE = Cohesion([LAMP, TOWER, TEA])


def test_one_matter_is_told_from_another() -> None:
    assert ISSUE.of([LAMP], [TOWER]) >= 1
    assert ISSUE.of([LAMP], [TEA]) == 0


def test_what_the_whole_issue_says_counts_little() -> None:
    common = Cohesion([LAMP, TOWER, TEA, *("灯塔亮了。" for _ in range(20))])
    assert common.of([LAMP], [TOWER]) < ISSUE.of([LAMP], [TOWER])


def test_numbers_and_function_words_tell_nothing() -> None:
    assert Cohesion(["今年三十四年的", "去年三十四年的"]).of(["今年三十四年的"], ["去年三十四年的"]) == 0


def test_western_words() -> None:
    texts = ["The lighthouse keeper trims the wick.", "A lighthouse stands there.", "They have been there with them."]
    issue = Cohesion(texts)
    assert issue.of(texts[:1], texts[1:2]) > 0
    assert issue.of(texts[1:2], texts[2:]) == 0
