"""Joins: what goes on in the next line, and what does not."""

from digest.parsing.joins import continues
from digest.parsing.names import is_sure_name
from digest.parsing.shape import is_headline


def test_a_cut_sentence_goes_on() -> None:
    assert continues("全县各乡镇昨天同时开工修渠，工程预计", "两个月完成。")
    assert continues("The council voted last night to", "build a bridge.")


def test_lines_of_a_list_do_not() -> None:
    assert not continues("自来水抢修：0000-1234567", "燃气抢修：0000-7654321")


def test_a_piece_of_running_text_is_no_headline() -> None:
    assert not is_headline("the hall was full. Nearly")
    assert not is_headline("Councillors heard from 37 speakers. Nearly")
    assert not is_headline('"We want people to come," said Ji')
    assert not is_headline("Water will be cut off from nine to twelve on")
    assert is_headline("St. Brigid's to close")
    assert is_headline("Carry on")


def test_compound_and_rare_surnames() -> None:
    assert all(map(is_sure_name, ("欧阳明", "司徒月", "习文", "闻人雪", "佘青", "諸葛明")))
    assert not is_sure_name("第五届")
