"""A note to one subscriber says the same in both parts, in both languages, and no words are more than words."""

from dataclasses import replace

import pytest
from lxml import html

from digest import mail, templating
from digest.messages import Messages
from tests.builders import HOSTILE, PAPER

TEMPLATES = templating.load()
URL = "https://service.example/confirm/ab12.1795406400.mac"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["confirm", "known", "address", "export"])
def test_the_link_stands_in_both_parts(language: str, code: str) -> None:
    say = Messages("zh" if language == "zh" else "en")
    note = mail.render_note(PAPER, TEMPLATES, say, f"letter.{code}", url=URL, postal_identity="柳荫路8号", hours="72")
    page = html.document_fromstring(note.html)
    assert URL in note.text.splitlines()
    assert URL in page.xpath("//a/@href")
    assert say(f"letter.{code}_link", title=PAPER.title) in page.text_content()
    for part in (note.text, page.text_content()):
        assert "柳荫路8号" in part
        assert note.subject in part


def test_a_note_without_a_link_has_none() -> None:
    note = mail.render_note(PAPER, TEMPLATES, Messages("zh"), "letter.moved")
    assert html.document_fromstring(note.html).xpath("//a/@href") == [PAPER.url]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_only_words(words: str) -> None:
    note = mail.render_note(
        replace(PAPER, title=words), TEMPLATES, Messages("zh"), "letter.confirm", url=URL, hours="72"
    )
    page = html.document_fromstring(note.html)
    assert not page.xpath("//script | //img | //iframe | //form | //@onload | //@onfocus | //@onmouseover")
    assert "=?" not in note.subject
    assert "\n" not in note.subject
