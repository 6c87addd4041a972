import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.analysis.sentences import clauses, of, split, without_dateline
from digest.model import Article, Picture


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("渡口开航。票价两元！真的？真的。", ["渡口开航。", "票价两元！", "真的？", "真的。"]),
        ("没有句号", ["没有句号"]),
        ("先清淤；再修路。", ["先清淤；再修路。"]),
        ("●渡口开航。", ["渡口开航。"]),
        ("他说：“船修好了。”大家都来了。", ["他说：“船修好了。”", "大家都来了。"]),
        ("“船修好了！”渡口的陶师傅说。大家都来了。", ["“船修好了！”渡口的陶师傅说。", "大家都来了。"]),
        ("「船修好了。」陶師傅說。『真的？』", ["「船修好了。」陶師傅說。", "『真的？』"]),
        ("“船修好了。票价两元。”陶师傅介绍说。", ["船修好了。", "票价两元。", "陶师傅介绍说。"]),
        ("他提出了“船在哪里？”的问题。", ["他提出了“船在哪里？”的问题。"]),
        ("报告题为“船在哪里？谁来摆渡？”，很短。", ["报告题为“船在哪里？谁来摆渡？”，很短。"]),
        ("他说：“船修好了。票价两元。”大家都来了。", ["他说：“船修好了。票价两元。”", "大家都来了。"]),
        ("他说：“" + "船修好了。" * 20 + "”", ["他说：“船修好了。", *["船修好了。"] * 19]),
        ("《船往哪里去？》一书出版。", ["《船往哪里去？》一书出版。"]),
        ("真的吗？！是的……是真的。", ["真的吗？！", "是的……是真的。"]),
        ("会议（扩大）召开。", ["会议（扩大）召开。"]),
        ("透明度为1.4米。水温4.5度。", ["透明度为1.4米。", "水温4.5度。"]),
        ("The ferry runs. Tickets cost $1.50 each.", ["The ferry runs.", "Tickets cost $1.50 each."]),
        (
            "Mr. Ash met Dr. Birch at 9 a.m. on Jan. 5. They agreed.",
            ["Mr. Ash met Dr. Birch at 9 a.m. on Jan. 5.", "They agreed."],
        ),
        ("J. R. Ash wrote it. “It runs.” She left.", ["J. R. Ash wrote it.", "“It runs.”", "She left."]),
        ("“Does it run?” she asked. It did.", ["“Does it run?” she asked.", "It did."]),
        ("", []),
        ("。", ["。"]),
    ],
)
def test_a_paragraph_is_split_where_its_sentences_end(paragraph: str, expected: list[str]) -> None:
    assert split(paragraph) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("先清淤，再修路；最后种树。", ["先清淤，", "再修路；", "最后种树。"]),
        ("全长1,800米，票价2元。", ["全长1,800米，", "票价2元。"]),
        ("他说“先清淤，再修路”，很好。", ["他说“先清淤，再修路”，", "很好。"]),
        ("听取了（甲，乙）汇报，通过了决议。", ["听取了（甲，乙）汇报，", "通过了决议。"]),
    ],
)
def test_a_sentence_is_cut_at_its_clauses_and_never_inside_marks_that_pair(sentence: str, expected: list[str]) -> None:
    assert clauses(sentence) == expected


@given(st.text(alphabet="船来，。；：“”（）《》！？…、a. 1", max_size=40))
def test_clauses_are_the_sentence(text: str) -> None:
    assert "".join(clauses(text)) == text


@given(st.text(alphabet="船来，。；：“”‘’（）《》！？…、ab. 1", max_size=60))
def test_sentences_are_pieces_of_the_paragraph_in_their_order_and_lose_no_word(text: str) -> None:
    at = 0
    for sentence in split(text):
        assert sentence == sentence.strip() != ""
        at = text.index(sentence, at) + len(sentence)
    words = [char for char in text if char.isalnum()]
    assert [char for sentence in split(text) for char in sentence if char.isalnum()] == words


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("云汀讯 11月19日，渡口开航。", "11月19日，渡口开航。"),
        ("本报讯（记者 林晓棠）渡口开航。", "渡口开航。"),
        ("【本报讯】渡口开航。", "渡口开航。"),
        ("本報訊（記者 林曉棠）渡口開航。", "渡口開航。"),
        ("本报石桥镇11月19日电（记者 江未晞）渡口开航。", "渡口开航。"),
        ("RIVERTON, Jan 5 (Wire) - The ferry runs.", "The ferry runs."),
        ("【本報記者江未晞報道】渡口開航。", "渡口開航。"),
        ("本台消息：渡口开航。", "渡口开航。"),
        ("11月19日，渡口开航。", "11月19日，渡口开航。"),
        ("通讯 员工来信说，渡口开航。", "通讯 员工来信说，渡口开航。"),
        ("本报讯", "本报讯"),
    ],
)
def test_the_dateline_goes_and_the_day_of_the_event_stays(paragraph: str, expected: str) -> None:
    assert without_dateline(paragraph) == expected


def test_crossheads_are_left_out_and_places_are_counted() -> None:
    article = Article(paragraphs=("一。二。", "小标题", "三。"), crossheads=(1,))
    found = [(s.text, s.index, s.paragraph, s.first) for s in of(article)]
    assert found == [("一。", 0, 0, True), ("二。", 1, 0, False), ("三。", 2, 1, True)]


def test_a_photo_without_text_has_its_caption() -> None:
    article = Article(kind="photo", pictures=(Picture("a.jpg"), Picture("b.jpg", caption="渡口开航。")))
    assert [sentence.text for sentence in of(article)] == ["渡口开航。"]
