"""Markdown: its marks are understood and forgotten, its words and its lines are kept."""

from hypothesis import given
from hypothesis import strategies as st

from digest.model import Source
from digest.reading import markdown


def lines(text: str) -> list[tuple[int, str]]:
    return [(line.level, line.text) for line in markdown.read(Source("a.md", text.encode())).lines]


def texts(text: str) -> list[str]:
    return [line for _, line in lines(text) if line]


def test_headings_have_their_level() -> None:
    assert lines("# 一\n\n### 三\n正文。") == [(1, "一"), (0, ""), (3, "三"), (0, "正文。")]


def test_each_line_stays_a_line_and_empty_ones_are_kept() -> None:
    assert lines("一\n二\n\n\n三") == [(0, "一"), (0, "二"), (0, ""), (0, ""), (0, "三")]


def test_emphasis_goes_and_its_words_stay() -> None:
    assert texts("**粗** 和 *斜* 和 `码`") == ["粗 和 斜 和 码"]


def test_a_link_keeps_its_words_and_its_address() -> None:
    assert texts("[网站](https://a.example) <b@a.example> <https://a.example>") == [
        "网站 <https://a.example> b@a.example https://a.example"
    ]


def test_a_picture_keeps_its_mark() -> None:
    assert texts("![图片说明](a.jpg)") == ["![图片说明](a.jpg)"]


def test_a_pictures_name_is_the_files_own_and_never_ends_its_mark() -> None:
    assert texts("![一](图/二.jpg) ![二[3]](<图/a (1).jpg>)") == ["![一](图/二.jpg) ![二［3］](图/a %281%29.jpg)"]


def test_lists_and_quotations_are_lines() -> None:
    assert texts("- 一\n- 二\n\n3. 三\n4. 四\n\n> 引文") == ["- 一", "- 二", "3. 三", "4. 四", "引文"]


def test_what_only_looks_like_code_html_or_a_definition_is_text() -> None:
    assert texts("    缩进的段落\n\n[注]: 见第3版\n\n<b>粗</b>") == ["缩进的段落", "[注]: 见第3版", "<b>粗</b>"]


def test_front_matter_is_given_and_no_text() -> None:
    document = markdown.read(Source("a.md", "---\ntitle: 江报\ndate: 2026-11-06\n---\n正文。".encode()))
    assert document.given == {"title": "江报", "date": "2026-11-06"}
    assert [line.text for line in document.lines] == ["正文。"]


@given(st.text(alphabet="一二三。，abc \n#*_-[]()>!`1.&<", max_size=200).filter(str.strip))
def test_no_letter_is_lost(text: str) -> None:
    read = "".join(line for _, line in lines("x" + text))
    assert sorted(filter(str.isalpha, "x" + text)) == sorted(filter(str.isalpha, read))
