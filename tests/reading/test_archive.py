"""Archives: a zip of readable files is one issue; what is a trap, a secret or no text is refused."""

import base64
import io
import random
import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.errors import RejectedError
from digest.messages import Messages
from digest.model import Document, Line, Remark, Source
from digest.parsing import parse
from digest.reading import members, plain, read

PIXELS = bytes(range(256))
TEXT = "渡口开航\n\n本报讯 停航五年的老渡口恢复摆渡，首日运送行人三百二十人次。\n（记者 林晓棠）\n"


def packed(files: Mapping[str, str | bytes], *, names: str = "utf-8") -> bytes:
    """Return a zip of `files`; in another encoding than UTF-8 the names are not marked, as old programs do it."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(_Info(name, names), content.encode() if isinstance(content, str) else content)
    return found.getvalue()


class _Info(zipfile.ZipInfo):
    """A member whose name is written in a given encoding."""

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(name, (2026, 11, 6, 8, 0, 0))
        self.compress_type = zipfile.ZIP_DEFLATED
        self.encoding = encoding

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        marked = members._IS_UTF8 if self.encoding == "utf-8" else 0
        return self.filename.encode(self.encoding.removesuffix(" unmarked")), self.flag_bits | marked


def document(files: Mapping[str, str | bytes], *, names: str = "utf-8") -> Document:
    return read(Source("issue.zip", packed(files, names=names)))


def lines(files: Mapping[str, str | bytes]) -> list[str]:
    return [line.text for line in document(files).lines]


def refused(content: bytes) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        read(Source("issue.zip", content))
    return caught.value


def test_members_are_read_by_their_format_in_the_order_of_their_numbers() -> None:
    files = {"10.md": "# 十", "2.html": "<p>二", "1.txt": "一", "2/1.txt": "二之一"}
    assert lines(files) == ["一", "", "", "二", "", "二之一", "", "十"]


def test_an_order_in_chinese_numerals_is_one() -> None:
    names = ["第十版", "第一〇一版", "第二版", "第二十版", "第十一版", "第一版"]
    assert sorted(names, key=members.order) == ["第一版", "第二版", "第十版", "第十一版", "第二十版", "第一〇一版"]


@given(st.lists(st.text("12十一aＡ/. 版９"), max_size=8))
def test_any_names_have_an_order(names: list[str]) -> None:
    assert Counter(sorted(names, key=members.order)) == Counter(names)


@pytest.mark.parametrize("names", ["utf-8", "utf-8 unmarked", "gbk", "big5"])
def test_names_are_read_whatever_wrote_them(names: str) -> None:
    name = "圖片/渡口.jpg" if names == "big5" else "图片/渡口.jpg"
    found = document({"第一版.txt": f"![渡口]({name})", name: PIXELS}, names=names)
    assert found.pictures == {name: PIXELS}


@pytest.mark.parametrize("name", ["../../etc/x.txt", "/etc/x.txt", "C:\\x.txt", "a\\..\\..\\x.txt"])
def test_an_archive_whose_names_lead_out_of_it_is_refused(name: str) -> None:
    with pytest.raises(RejectedError) as refused:
        lines({"1.txt": "一", name: "二"})
    assert refused.value.code == "rejected.archive_path"


def test_what_operating_systems_add_is_ignored() -> None:
    clutter = ("__MACOSX/._1.txt", ".DS_Store", ".hidden.txt", "x/.git/1.txt", "Thumbs.db", "x/desktop.ini", "empty/")
    found = document({"1.txt": "一", **dict.fromkeys(clutter, "x")})
    assert ([line.text for line in found.lines], found.remarks) == (["一"], ())


def test_an_archive_with_a_link_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("1.txt", "一")
        link = zipfile.ZipInfo("2.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(RejectedError) as refused:
        read(Source("a.zip", content.getvalue()))
    assert refused.value.code == "rejected.archive_link"


def test_pages_are_counted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def paged(source: Source) -> Document:
        return Document(source.name, (Line("一", page=1), Line("二", page=2)))

    monkeypatch.setattr(plain, "read", paged)
    assert [line.page for line in document({"1.txt": "x", "2.txt": "y"}).lines if line.text] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("file", "reference"),
    [
        ("1.txt", "tu/a (1).jpg"),
        ("1.txt", "./tu/a%20(1).jpg"),
        ("wen/1.txt", "../tu/a (1).jpg"),
        ("wen/1.txt", "tu\\a (1).jpg"),
        ("1.txt", "https://news.example/2026/a%20%281%29.jpg"),
    ],
)
def test_a_picture_is_found_by_what_refers_to_it(file: str, reference: str) -> None:
    mark = f"![渡口]({reference.replace('(', '%28').replace(')', '%29')})"
    found = document({file: mark, "tu/a (1).jpg": PIXELS})
    assert [line.text for line in found.lines] == ["![渡口](tu/a %281%29.jpg)"]
    assert found.pictures == {"tu/a %281%29.jpg": PIXELS}


def test_pictures_of_equal_names_are_told_apart_by_their_folders() -> None:
    found = document({"1/a.md": "![](t.png)", "2/a.md": "![](t.png)", "1/t.png": b"1", "2/t.png": b"2"})
    assert [line.text for line in found.lines if line.text] == ["![](1/t.png)", "![](2/t.png)"]
    assert found.pictures == {"1/t.png": b"1", "2/t.png": b"2"}


def test_a_picture_that_nothing_refers_to_is_left_over() -> None:
    found = document({"1.txt": TEXT, "a.jpg": PIXELS})
    assert found.pictures == {"a.jpg": PIXELS}
    issue = parse(found)
    assert (issue.left_over, issue.articles[0].pictures) == (("![](a.jpg)",), ())


def test_a_page_that_a_browser_saved_brings_its_pictures_and_no_other_page() -> None:
    page = "<article><p>渡口</p><img src='渡口_files/a.jpg'></article>"
    parts: dict[str, str | bytes] = {
        "渡口_files/a.jpg": PIXELS,
        "渡口_files/icon.png": b"",
        "渡口_files/ad.html": "<p>广告",
        "渡口_files/x.js": "x",
    }
    found = document({"渡口.html": page, **parts})
    assert [line.text for line in found.lines if line.text] == ["渡口", "![](渡口_files/a.jpg)"]
    assert (list(found.pictures), found.remarks) == (["渡口_files/a.jpg"], ())


def test_a_picture_within_a_member_keeps_its_bytes() -> None:
    page = f"<p>一<img src='data:image/png;base64,{base64.b64encode(PIXELS).decode()}'>"
    found = document({"1.html": page, "2.html": page})
    assert found.pictures == {"1.html/picture-1.png": PIXELS, "2.html/picture-1.png": PIXELS}
    assert {line.text for line in found.lines} >= {"![](1.html/picture-1.png)", "![](2.html/picture-1.png)"}


def test_what_is_stated_at_the_top_or_beside_holds_for_the_issue() -> None:
    files = {
        "1.txt": "---\ntitle: 栖川时报\ndate: 2026-11-20\n---\n一",
        "1.txt.yaml": "number: 7\ndate: 2026-11-21",
        "2.txt": "二",
    }
    found = document(files)
    assert dict(found.given) == {"title": "栖川时报", "date": "2026-11-21", "number": "7"}
    assert [line.text for line in found.lines] == ["一", "", "二"]


def test_what_lies_beside_the_archive_overrules_it() -> None:
    found = read(Source("a.zip", packed({"1.md": "---\nnumber: 1\n---\n一"}), sidecar=b"number: 2"))
    assert dict(found.given) == {"number": "2"}


def test_remarks_of_all_members_are_said_once() -> None:
    found = document({"1.txt": "渡\x07口", "2.txt": "停航五年的老渡口恢复摆渡".encode("gbk"), "3.txt": "开\u202e航"})
    assert set(map(_said, found.remarks)) == {"remark.removed 2", "remark.encoding GB18030"}


def test_files_of_other_kinds_are_told_of() -> None:
    found = document({"1.txt": "一", "2.txt": " ", **{f"{n}.psd": "x" for n in range(3, 9)}})
    (remark,) = found.remarks
    assert (remark.code, remark.facts["n"]) == ("remark.archive_ignored", 7)
    assert str(remark.facts["names"]).startswith("2.txt, 3.psd")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("2.txt", "La fête des élèves".encode("latin-1"), "rejected.encoding"),
        ("2.md", b"---\na: [\n---\n", "rejected.frontmatter"),
        ("2.doc", b"x", "rejected.save_as"),
        ("2.docx", b"x", "rejected.damaged"),
    ],
)
def test_a_member_that_cannot_be_read_refuses_the_issue_by_its_name(
    name: str, content: bytes, code: str, language: str
) -> None:
    error = refused(packed({"1.txt": "一", f"版/{name}": content}))
    assert error.code == code
    assert Messages(language).of(error.code, error.facts).startswith(f"版/{name}")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed({}), "rejected.archive_empty"),
        (packed({"1.psd": "x", "2.txt": ""}), "rejected.archive_empty"),
        (packed({"1.jpg": PIXELS, "2.tif": PIXELS}), "rejected.no_text_layer"),
        (packed({"1.txt": "一", "2.zip": packed({"1.txt": "二"})}), "rejected.archive_nested"),
        (packed({"1.txt": "一", "2.RAR": "x"}), "rejected.archive_nested"),
        (packed(dict.fromkeys(map(str, range(members.MAX_MEMBERS + 1)), "")), "rejected.archive_members"),
        (packed({"1.txt": bytes(members.RATIO_FROM + 1)}), "rejected.archive_ratio"),
        (b"", "rejected.damaged"),
        (b"PK\x03\x04", "rejected.damaged"),
        (packed({"1.txt": TEXT * 9})[:-30], "rejected.damaged"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_refused_is_refused_with_words(content: bytes, code: str, language: str) -> None:
    error = refused(content)
    assert error.code == code
    assert Messages(language).of(error.code, error.facts)


def test_what_would_unpack_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MAX_BYTES", 1000)
    content = packed({"1.txt": random.Random(1).randbytes(600), "2.txt": random.Random(2).randbytes(600)})
    assert refused(content).code == "rejected.archive_bytes"


def test_a_size_that_is_a_lie_unpacks_no_more_than_it_says() -> None:
    content = bytearray(packed({"1.txt": "一" * 1000}))
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 10)
    assert refused(bytes(content)).code == "rejected.damaged"


def test_a_password_is_told_of() -> None:
    content = bytearray(packed({"1.txt": "一"}))
    for at in (6, content.index(b"PK\x01\x02") + 8):
        content[at] |= 1
    assert refused(bytes(content)).code == "rejected.encrypted"


def test_a_packing_that_is_not_known_is_told_of() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("1.txt", "一")
    assert refused(content.getvalue()).code == "rejected.archive_method"


SAMPLE = packed({"1.txt": TEXT, "图/a.jpg": PIXELS, "2.html": "<p>二<img src='图/a.jpg'>"})


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=5), st.integers(0, 30))
@example([], 0)
def test_any_bytes_are_read_or_refused(changed: list[tuple[int, int]], cut: int) -> None:
    content = bytearray(SAMPLE)
    for at, byte in changed:
        content[at] = byte
    try:
        found = read(Source("a.zip", bytes(content[: len(content) - cut // 10 * cut])))
    except RejectedError:
        return
    assert found.lines


def _said(remark: Remark) -> str:
    return " ".join([remark.code, *map(str, remark.facts.values())])
