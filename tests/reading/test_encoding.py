"""Encodings: a text is read as what it is, or refused; never as something else."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from digest.errors import RejectedError
from digest.messages import Messages
from digest.model import Remark, Source
from digest.reading.encoding import decoded, summed
from digest.text import has_han

ROOT = Path(__file__).parents[2]
PAPERS = [*(ROOT / "tests" / "data" / "papers").iterdir(), *(ROOT / "digest" / "samples").iterdir()]
TEXTS = {path.name: "".join(path.read_text("utf-8").split()) for path in PAPERS}
SIMPLIFIED = "".join(TEXTS[name] for name in sorted(TEXTS) if name.startswith(("2026", "nanlu", "qichuan", "morning")))
TRADITIONAL = TEXTS["xikou.txt"] + TEXTS["harbour-1936.txt"]

FRENCH = "La fête des élèves a été très réussie, même près de la forêt où l'été s'achève déjà.\n"
GERMAN = "Die Bürger müssen größere Gebühren für Straßen zahlen; die Fußgänger wären glücklich.\n"
RUSSIAN = "Сегодня утром в городе открылся новый мост через реку, по нему прошли первые пешеходы.\n"
KOREAN = "오늘 아침 도시에서 새로운 다리가 열렸고 첫 번째 보행자들이 그 위를 걸어서 건너갔다고 한다. " * 9
JAPANESE = "今朝、町では新しい橋が開通し、最初の歩行者たちが川を渡っていきました。市長は喜びを語りました。" * 5


def read(content: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text, and the encoding that is remarked on."""
    text, remarks = decoded(Source("a.txt", content), declared)
    return text, next((str(remark.facts["name"]) for remark in remarks if remark.code == "remark.encoding"), "UTF-8")


def refused(content: bytes) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        decoded(Source("a.txt", content))
    return caught.value


@st.composite
def passages(draw: st.DrawFn, text: str, least: int = 10) -> str:
    """Draw a piece of `text`, most of which is Han characters."""
    start = draw(st.integers(0, len(text) - least))
    piece = text[start : start + draw(st.integers(least, 200))]
    assume(sum("\u4e00" <= character <= "\u9fff" for character in piece) >= 0.7 * len(piece))
    return piece


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_its_mark_and_not_remarked_on(mark: str) -> None:
    assert read("渡口开航".encode(mark)) == ("渡口开航", "UTF-8")


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_by_its_mark_in_either_order(order: str) -> None:
    assert read("\ufeff渡口\r\n开航".encode(order)) == ("渡口\n开航", "UTF-16")


def test_utf_16_that_is_cut_off_is_refused_with_its_place() -> None:
    error = refused("\ufeff渡口\n开航".encode("utf-16-le")[:-1])
    assert (error.code, dict(error.facts)) == ("rejected.encoding", {"line": 2, "byte": 10})


@given(passages(SIMPLIFIED), st.sampled_from(["gbk", "gb18030"]))
def test_simplified_chinese_is_read_in_gbk_and_gb18030(text: str, codec: str) -> None:
    assume(text.encode(codec, "ignore").decode(codec) == text)
    assert read(text.encode(codec)) == (text, "GB18030")


@given(passages(TRADITIONAL), st.sampled_from(["gbk", "gb18030"]))
def test_traditional_chinese_is_read_in_gbk_and_gb18030(text: str, codec: str) -> None:
    assume(text.encode(codec, "ignore").decode(codec) == text)
    assert read(text.encode(codec)) == (text, "GB18030")


@given(passages(TRADITIONAL))
def test_traditional_chinese_is_read_in_big5(text: str) -> None:
    assume(text.encode("big5hkscs", "ignore").decode("big5hkscs") == text)
    assert read(text.encode("big5hkscs")) == (text, "Big5")


@pytest.mark.parametrize(
    ("coded", "text"), [(b"\xc6\xa1", "①"), (b"\xa1\x45", "‧"), (b"\xa1\xe3", "～"), (b"\x9d\xee", "㗎")]
)
def test_signs_of_big5_are_what_they_are_in_its_countries(coded: bytes, text: str) -> None:
    place = "縣府昨宣布明年三月復駛"
    assert read(place.encode("big5") + coded) == (place + text, "Big5")


@given(passages(SIMPLIFIED + TRADITIONAL, 20), st.data())
def test_damaged_utf_8_is_refused_though_it_may_decode_as_chinese(text: str, data: st.DataObject) -> None:
    whole = text.encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from([whole[:at] + whole[at + 1 :], whole[: max(at, 30)], whole[:at] + b"\xff" + whole[at + 1 :]])
    )
    assume(not _is_utf_8(damaged))
    assert refused(damaged).code == "rejected.encoding"


def test_damaged_utf_8_that_decodes_as_gb18030_is_refused() -> None:
    han = "".join(filter(has_han, SIMPLIFIED))
    cut = [han[at : at + 12].encode()[:-2] for at in range(len(han) - 12)]
    read_wrongly = [content for content in cut if _decodes(content, "gb18030") and not _is_utf_8(content)]
    assert len(read_wrongly) > 10
    for content in read_wrongly:
        assert refused(content).code == "rejected.encoding"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (FRENCH, "latin-1"),
        (GERMAN, "cp1252"),
        ("“Smart quotes” aren’t “plain” ones — they’re cp1252’s.\n", "cp1252"),
        ("Café", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (KOREAN, "euc-kr"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_what_is_neither_utf_8_nor_chinese_is_refused(text: str, codec: str) -> None:
    assert refused(text.encode(codec)).code == "rejected.encoding"


@given(st.lists(st.sampled_from((FRENCH + GERMAN).split()), min_size=1, max_size=60))
def test_western_words_are_never_taken_for_chinese(words: list[str]) -> None:
    content = " ".join(words).encode("latin-1")
    assume(not _is_utf_8(content))
    assert refused(content).code == "rejected.encoding"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_refusal_says_what_to_do(language: str) -> None:
    error = refused(FRENCH.encode("latin-1"))
    assert "UTF-8" in Messages(language).of(error.code, error.facts)


def test_what_a_file_says_of_itself_is_believed_where_it_can_be_true() -> None:
    assert read(FRENCH.encode("latin-1"), "ISO-8859-1") == (FRENCH, "ISO-8859-1")
    assert read("渡口".encode("gbk"), "gb2312") == ("渡口", "GB18030")
    assert read("渡口".encode("big5"), "Big5") == ("渡口", "Big5")
    assert read("今朝".encode("shift_jis"), "Shift_JIS") == ("今朝", "Shift_JIS")


@pytest.mark.parametrize("declared", ["gbk", "big5", "latin-1", "punycode", "rot13", "nonsense", "é", "utf-16", "\0"])
def test_what_is_utf_8_is_read_as_such_whatever_it_says(declared: str) -> None:
    assert read("渡口开航".encode(), declared) == ("渡口开航", "UTF-8")


@pytest.mark.parametrize("declared", ["utf-8", "punycode", "rot13", "utf_7", "idna", "hex", "nonsense"])
def test_a_declaration_that_cannot_be_true_is_no_help(declared: str) -> None:
    assert read("停航五年的老渡口恢复摆渡".encode("gbk"), declared)[1] == "GB18030"


def test_compatibility_ideographs_become_the_characters_that_they_stand_for_and_no_other() -> None:
    assert read("豈\ufa0e".encode())[0] == "豈\ufa0e"
    for code in range(0xF900, 0xFB00):
        text = read(f"第{chr(code)}期".encode())[0]
        assert unicodedata.normalize("NFD", text) == unicodedata.normalize("NFD", f"第{chr(code)}期")


@pytest.mark.parametrize("removed", ["\u202e", "\u2066", "\u061c", "\ufdd0", "\ufffe", "\U0001ffff", "\x07", "\x9b"])
def test_bidi_marks_controls_and_noncharacters_are_removed_and_counted(removed: str) -> None:
    text, remarks = decoded(Source("a.txt", f"渡{removed}口".encode()))
    assert (text, remarks) == ("渡口", (Remark("remark.removed", {"n": 1}),))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_line_end_is_one(end: str) -> None:
    assert read(f"渡口{end}开航".encode())[0] == "渡口\n开航"


def test_what_is_said_twice_is_summed() -> None:
    encoding = Remark("remark.encoding", {"name": "Big5"})
    removed = [Remark("remark.removed", {"n": n}) for n in (1, 2)]
    assert summed([encoding, removed[0], encoding, removed[1]]) == (encoding, Remark("remark.removed", {"n": 3}))


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf\xff")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        text, _ = decoded(Source("a.txt", content))
    except RejectedError:
        return
    assert text == unicodedata.normalize("NFC", text)
    assert not set(text) & {"\r", "\x85", "\u2028", "\u202e", "\0"}


def _decodes(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf_8(content: bytes) -> bool:
    return _decodes(content, "utf-8")
