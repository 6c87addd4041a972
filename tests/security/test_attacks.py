"""What files and words can try on the machine: none of it opens a file or a connection, or fools a mail server."""

import io
import marshal
import re
import socket
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from digest import understanding
from digest.analysis.lexicon import Lexicon, shipped
from digest.delivery import CHANNELS, Means
from digest.errors import RejectedError
from digest.model import Source
from digest.settings import Smtp
from tests.delivery.test_channels import Server
from tests.delivery.test_mime import MESSAGE
from tests.reading.test_docx import replaced
from tests.test_running import free_port

ROOT = Path(__file__).parent.parent.parent
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DECLARED = {
    "a file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:{port}/">]>',
    "a DTD elsewhere": '<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd" [<!ENTITY e "e">]>',
    "a parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/"> %p; <!ENTITY e "e">]>',
    "a billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "哈">{LAUGHS}<!ENTITY e "&l11;">]>',
}


@contextmanager
def listening() -> Iterator[socket.socket]:
    """Listen where an attack would have us call."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0)
        yield door


def read(name: str, content: bytes) -> str:
    """Return the text that a file is read as, in the sandbox where it is risky; empty where it is refused."""
    try:
        return "\n".join(line.text for line in understanding.read(Source(name, content)).lines)
    except RejectedError:
        return ""


def docx(declared: str) -> bytes:
    return replaced(
        lambda xml: xml.replace(b"?>", b"?>" + declared.encode(), 1).replace("正文".encode(), "正文&e;".encode())
    )


def page(declared: str) -> bytes:
    return f"{declared}<html><body><h1>标题</h1><p>正文&e;</p></body></html>".encode()


def archive(declared: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("a.html", page(declared))
        packed.writestr("b.docx", docx(declared))
    return made.getvalue()


@pytest.mark.parametrize("attack", DECLARED)
@pytest.mark.parametrize(("name", "make"), [("a.docx", docx), ("a.html", page), ("a.zip", archive)])
def test_xml_calls_nobody_opens_nothing_and_grows_to_nothing(
    name: str, make: Callable[[str], bytes], attack: str
) -> None:
    with listening() as door:
        text = read(name, make(DECLARED[attack].replace("{port}", str(door.getsockname()[1]))))
        with pytest.raises(BlockingIOError):
            door.accept()
    assert "root:" not in text
    assert "哈哈" not in text
    assert len(text) < 1000


def test_no_nesting_breaks_the_service() -> None:
    deep = b"<w:p>" * 50_000
    assert read("a.docx", replaced(lambda xml: xml.replace(b"<w:p>", deep, 1))) in {"", "正文。"}
    assert read("a.docx", replaced(lambda xml: xml)) == "正文。"


SMUGGLED = ["\n.\n", "\r.\r", "\r\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\r\n"]


@pytest.mark.parametrize("end", SMUGGLED, ids=repr)
def test_no_end_of_a_message_stands_within_one(tmp_path: Path, end: str) -> None:
    second = f"{end}MAIL FROM:<x@evil.example>\r\nRCPT TO:<y@home.example>\r\nDATA\r\nSubject: x\r\n\r\nx{end}"
    handler, port = Server(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with CHANNELS["smtp"](Means(Smtp(host="127.0.0.1", port=port, timeout=5), None, tmp_path)) as channel:
            message = replace(
                MESSAGE, text=f"一{second}", html=f"<p>一{second}</p>", message_id="<ab.ef@paper.example>"
            )
            channel.send(message, lambda: None)
    finally:
        controller.stop()
    (envelope,) = handler.envelopes
    assert isinstance(envelope.content, bytes)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", envelope.content)
    assert b"evil.example" not in envelope.content.partition(b"\r\n\r\n")[0]


def test_a_cache_that_somebody_has_planted_teaches_no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "老渡口恢复摆渡"
    lists = shipped(tmp_path)
    right = Lexicon.build(lists, segmenter="jieba", cache=tmp_path / "first").cut(text)
    planted = tmp_path / "everybodys"
    planted.mkdir()
    (planted / "jieba.cache").write_bytes(marshal.dumps(({text: 10**9}, 10**9)))
    monkeypatch.setattr("tempfile.tempdir", str(planted))
    for cache in (None, tmp_path / "second"):
        assert Lexicon.build(lists, segmenter="jieba", cache=cache).cut(text) == right
    assert len(right) > 1


SAFE = {"style.html": {"sans", "serif"}, "about.html": {"paper.about.html"}}
"""What is no text: names of typefaces that the template itself sets, and HTML that was made of Markdown and cleaned."""


def test_templates_escape_everything_and_quote_every_attribute() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert len(templates) > 30
    for path in templates:
        source = path.read_text("utf-8")
        assert not re.search(r"autoescape|Markup", source), path
        assert set(re.findall(r"([\w.]+)\s*\|\s*safe\b", source)) <= SAFE.get(path.name, set()), path
        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "x", source, flags=re.DOTALL)
        for tag in re.findall(r"<[a-z][^<>]*>", plain):
            assert not re.search(r'=(?!"")', re.sub(r'"[^"]*"', '""', tag)), (path, tag)
    for path in (ROOT / "digest").rglob("*.py"):
        assert "Markup(" not in path.read_text("utf-8"), path
