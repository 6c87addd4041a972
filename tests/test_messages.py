"""Everything that is said can be said in both languages."""

import errno
import os
import re
import string
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from digest.messages import Messages

PACKAGE = Path(str(resources.files("digest")))


def read(language: str) -> Catalog:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "digest.po").open("rb") as po:
        return read_po(po, locale=language)


def catalogue(language: str) -> dict[str, Message]:
    found = [message for message in read(language) if message.id]
    codes = [message.id if isinstance(message.id, str) else message.id[0] for message in found]
    assert len(set(codes)) == len(codes)
    return dict(zip(codes, found, strict=True))


def forms(message: Message) -> list[str]:
    return [*map(str, message.string)] if isinstance(message.string, (list, tuple)) else [str(message.string)]


def places(message: Message) -> set[str]:
    assert all(forms(message)), message.id
    return {name for form in forms(message) for _, name, _, _ in string.Formatter().parse(form) if name}


def test_both_languages_say_the_same_with_the_same_facts() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert zh.keys() == en.keys()
    different = {code for code in zh if places(zh[code]) - {"n"} != places(en[code]) - {"n"}}
    assert not different


def test_every_code_in_the_program_is_in_the_catalogue() -> None:
    texts = [path.read_text("utf-8") for path in (*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "templates").rglob("*.*"))]
    group = "alarm|bounce|cli|date|desk|doctor|error|kind|letter|receipt|rejected|remark|role|site|state|status|suppressed|verdict|verify|web"
    said = {code for text in texts for code in re.findall(rf"""["']((?:{group})\.[a-z_.]+)["']""", text)}
    assert said
    files = {code for code in said if code.endswith((".html", ".txt", ".css"))}
    known = catalogue("zh").keys()
    beginnings = {code for code in said if code.endswith("_")}
    assert said - files - beginnings - known == set()
    assert {code for code in beginnings if not any(each.startswith(code) for each in known)} == set()


def test_every_code_in_the_catalogue_is_said_somewhere() -> None:
    files = (*PACKAGE.rglob("*.py"), *(path for path in (PACKAGE.parent / "templates").rglob("*.*")))
    text = "\n".join(path.read_text("utf-8") for path in files)
    said = set(re.findall(r"""["']([a-z]+\.[a-z_.]*)["']""", text))
    beginnings = tuple(
        {one for one in said if one.endswith(("_", "."))} | set(re.findall(r'f"([a-z]+\.[a-z_.]*)\{', text))
    )
    assert {code for code in catalogue("zh") if code not in said and not code.startswith(beginnings)} == set()


def test_the_catalogues_are_read_as_the_library_reads_them() -> None:
    for language in ("zh", "en"):
        say = Messages(language)
        for code, message in catalogue(language).items():
            facts = dict.fromkeys(places(message), "x")
            for n, form in ((1, 0), (2, -1)):
                filled = {**facts, "n": n}
                assert say(code, **filled) == forms(message)[form].format(**filled)
        plurals = read(language).plural_forms
        assert plurals == {"zh": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}[language]


def test_numbers_choose_their_form() -> None:
    say = Messages("en")
    assert say("site.article_count", n=1) != say("site.article_count", n=2).replace("2", "1")


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [(errno.ENOSPC, "磁盘满了", "the disk is full"), (errno.ELOOP, os.strerror(errno.ELOOP), os.strerror(errno.ELOOP))],
)
def test_what_the_system_refuses_is_told_in_the_catalogues_words_where_it_has_some(
    number: int, zh: str, en: str
) -> None:
    said = [Messages(language)("error.os", file="f", cause=number) for language in ("zh", "en")]
    assert said == [f"f：{zh}", f"f: {en}"]
