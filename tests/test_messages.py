"""Everything that is said can be said in both languages."""

import re
import string
from importlib import resources
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from digest.messages import Messages

PACKAGE = Path(str(resources.files("digest")))


def catalogue(language: str) -> dict[str, Message]:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "digest.po").open("rb") as po:
        found = [message for message in read_po(po, locale=language) if message.id]
    codes = [message.id if isinstance(message.id, str) else message.id[0] for message in found]
    assert len(set(codes)) == len(codes)
    return dict(zip(codes, found, strict=True))


def places(message: Message) -> set[str]:
    forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    assert all(forms), message.id
    return {name for form in map(str, forms) for _, name, _, _ in string.Formatter().parse(form) if name}


def test_both_languages_say_the_same_with_the_same_facts() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert zh.keys() == en.keys()
    different = {code for code in zh if places(zh[code]) - {"n"} != places(en[code]) - {"n"}}
    assert not different


def test_every_code_in_the_program_is_in_the_catalogue() -> None:
    texts = [path.read_text("utf-8") for path in (*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "templates").rglob("*.*"))]
    group = "cli|date|error|kind|letter|receipt|rejected|remark|role|site|state|verify|web"
    said = {code for text in texts for code in re.findall(rf"""["']((?:{group})\.[a-z_.]+)["']""", text)}
    assert said
    files = {code for code in said if code.endswith((".html", ".txt"))}
    assert said - files - catalogue("zh").keys() == set()


def test_numbers_choose_their_form() -> None:
    say = Messages("en")
    assert say("site.article_count", n=1) != say("site.article_count", n=2).replace("2", "1")
