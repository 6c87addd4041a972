"""Whatever a paper prints, and whatever a file is called, readers, subscribers, editor and operator meet as words.

Two services live the same days. One paper prints harmless words, the other hostile ones in every field that there is;
what they publish, send and show has the same elements with the same attributes, and the same headers.
"""

import email
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from digest import editing, intake, pipeline, web
from digest.errors import RejectedError
from digest.illustrating import Illustrated
from digest.model import Issue, Masthead, Remark, Source
from digest.operations.desk import password
from digest.settings import Mail, Publication
from digest.text import clean
from digest.works import Works
from tests.builders import HOSTILE, hostile_article
from tests.web.desking import log_in, open_desk
from tests.works import FIRST, NOW, drop, opened, settings_in, subscribe

READER, EDITOR = "reader@home.example", "editor@paper.example"
LAST = (
    *("\r\nBcc: v@evil.example", "..\\..\\x/../../etc/passwd", "%s%n{0}{self}", "\0\x0b\ufffe"),
    *("]]></title><x:script/>", "<svg/onload=alert(1)>", "&#x3c;img src=x onerror=alert(1)&#x3e;"),
)
"""What strikes elsewhere than in the pages of the site."""

WORDS = tuple(words for words in (*HOSTILE, *LAST) if len(words) < 100)
HARMLESS = ("无害的话",) * len(WORDS)
OURS = ("https://paper.example/", "https://service.example/", "mailto:editor@paper.example")


@dataclass
class Life:
    """What a service has published, written and shown."""

    files: dict[str, bytes]
    letters: list[EmailMessage]
    desk: dict[str, bytes]
    told: list[str]


def said(words: Sequence[str], n: int) -> str:
    """Return one of the words as a reader of files gives it, told from others of its kind by a number."""
    return " ".join(f"{clean(words[n % len(words)])[0]}{n}".split())


def printed(words: Sequence[str]) -> Issue:
    """Return an issue that says such words wherever an issue can say something, in each article other ones."""
    articles = tuple(replace(hostile_article(said(words, n)), rank=n + 1) for n in range(len(words)))
    masthead = Masthead(
        title=said(words, 0),
        date=date(2026, 11, 20),
        date_origin="masthead",
        weekday=said(words, 1),
        lunar_date=said(words, 2),
        number=89,
        url=said(words, 9),
        email=said(words, 4),
    )
    remark = Remark("remark.pictures_absent", {"names": said(words, 6), "n": 1})
    return Issue(masthead, articles, correction=said(words, 2), left_over=(said(words, 11),), remarks=(remark,))


def live(works: Works, words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> Life:
    """Let a service live its days: an issue, its correction, a withdrawal, a refusal, letters, and somebody at the desk."""
    issue, told = printed(words), []

    def understand(source: Source, *_: object) -> Illustrated:
        if b"refused" in source.content:
            raise RejectedError("rejected.defect", detail=words[0])
        first = issue.articles[0]
        changed = replace(first, paragraphs=(*first.paragraphs, first.paragraphs[0] + "三"))
        later = replace(issue, articles=(changed, *issue.articles[1:]))
        return Illustrated(later if b"corrected" in source.content else issue, {})

    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    monkeypatch.setattr(intake, "understand_whole", understand)
    subscribe(works.engine, READER, "paper", "issue", NOW)
    for n, content in enumerate(("first", "corrected", "refused")):
        name = words[n].translate({ord("/"): None})
        told += [outcome.words for outcome in drop(works, f"{name}\n{n}.txt", content, NOW)]
        pipeline.publish(works, NOW)
        pipeline.compose(works, NOW)
        pipeline.deliver(works, NOW)
    editing.retract(works, "paper", "2026/11/20/2/", said(words, 9), NOW)
    pipeline.publish(works, NOW)
    public = works.settings.public
    files = {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(works.settings.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    ]
    return Life(files, letters, dict(shown(works)), told)


def shown(works: Works) -> Iterator[tuple[str, bytes]]:
    """Yield what the desk shows, and what the service answers to a search and a form."""
    open_desk(works)
    with TestClient(web.build(works, lambda: NOW + timedelta(minutes=1)), base_url="https://service.example") as client:
        log_in(client)
        desk = ("", "issues/", "issues/2/", "issues/2/preview/", "issues/2/preview/2026/11/20/1/", "files/")
        for path in (
            *(f"desk/{one}" for one in (*desk, "subscribers/", "subscribers/1/", "deliveries/")),
            "search?q=一",
        ):
            answer = client.get(f"/{path}")
            assert answer.status_code == 200, path
            yield path, answer.content


def lived(folder: Path, words: Sequence[str]) -> Life:
    paper = Publication(
        title=said(words, 0),
        description=said(words, 1),
        editor=EDITOR,
        sender_name=said(words, 13),
        legal=(said(words, 3),),
    )
    mail = Mail(sender="digest@paper.example", operator=EDITOR, postal_identity=said(words, 4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(password._COST, "n", 16)
        # Sound: verify would find the words of what was withdrawn again, in all that is said.
        with opened(settings_in(folder, publications=(paper,), mail=mail), sound=False) as works:
            return live(works, words, patch)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Life:
    return lived(tmp_path_factory.mktemp("harmless"), HARMLESS)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Life:
    return lived(tmp_path_factory.mktemp("hostile"), WORDS)


Shape = tuple[tuple[str, ...], tuple[str, ...]]


def shapes(root: etree._Element) -> set[Shape]:
    """Return every element as where it stands and which attributes it has."""
    found = set()
    for one in root.iter(etree.Element):
        place = (str(one.tag), *(str(above.tag) for above in one.iterancestors()))
        found.add((place, tuple(sorted(map(str, one.attrib)))))
    return found


def pages(life: Life) -> dict[str, html.HtmlElement]:
    """Return every page that readers or the office are shown."""
    found = {path: content for path, content in life.files.items() if path.endswith(".html")} | life.desk
    return {path: html.document_fromstring(content.decode()) for path, content in found.items()}


def told_of(life: Life) -> list[html.HtmlElement]:
    """Return the texts that stand in feeds as HTML."""
    found = []
    for path, content in life.files.items():
        if path.endswith("feed.json"):
            found += [item["content_html"] for item in json.loads(content)["items"]]
        elif path.endswith(("feed.xml", "atom.xml")):
            root = etree.fromstring(content)
            found += root.xpath(
                "//*[local-name()='encoded' or local-name()='content' or local-name()='description']/text()"
            )
    return [html.fragment_fromstring(text, create_parent="body") for text in found]


def parts(life: Life) -> list[html.HtmlElement]:
    """Return the HTML of every letter."""
    found = [
        part.get_content() for mail in life.letters for part in mail.walk() if part.get_content_type() == "text/html"
    ]
    return [html.document_fromstring(text) for text in found]


def all_shapes(roots: Iterable[etree._Element]) -> set[Shape]:
    return {shape for root in roots for shape in shapes(root)}


def test_both_lives_were_lived(harmless: Life, hostile: Life) -> None:
    assert len(hostile.letters) == len(harmless.letters) >= 4
    assert {mail["To"] for mail in hostile.letters} == {READER, EDITOR}
    assert len(hostile.told) == len(harmless.told) == 3
    assert hostile.desk.keys() == harmless.desk.keys()
    words = re.sub(r"\s", "", said(WORDS, 0))
    for page in (pages(hostile)["2026/11/20/1/index.html"], pages(hostile)["desk/issues/2/"], parts(hostile)[0]):
        assert words in re.sub(r"\s", "", page.text_content())


def test_no_page_has_an_element_or_attribute_of_theirs(harmless: Life, hostile: Life) -> None:
    known = all_shapes(pages(harmless).values())
    assert {path: new for path, page in pages(hostile).items() if (new := shapes(page) - known)} == {}


def test_no_feed_has_an_element_or_attribute_of_theirs(harmless: Life, hostile: Life) -> None:
    def feeds(life: Life) -> Iterator[etree._Element]:
        return (etree.fromstring(content) for path, content in life.files.items() if path.endswith((".xml", ".opml")))

    assert all_shapes(feeds(hostile)) - all_shapes(feeds(harmless)) == set()
    assert all_shapes(told_of(hostile)) - all_shapes(told_of(harmless)) == set()


def test_no_letter_has_an_element_part_or_header_of_theirs(harmless: Life, hostile: Life) -> None:
    assert all_shapes(parts(hostile)) - all_shapes(parts(harmless)) == set()
    for mail, like in zip(hostile.letters, harmless.letters, strict=True):
        assert sorted(mail.keys()) == sorted(like.keys())
        assert [part.get_content_type() for part in mail.walk()] == [part.get_content_type() for part in like.walk()]
        assert mail["From"].addresses[0].addr_spec == "digest@paper.example"
        assert mail["To"] == like["To"]


def test_no_link_picture_or_form_leads_to_another_host(hostile: Life) -> None:
    for root in (*pages(hostile).values(), *told_of(hostile), *parts(hostile)):
        for url in root.xpath("//@href | //@src | //@action | //@formaction | //@srcset"):
            assert urljoin("https://service.example/", url).startswith(OURS), url


def test_no_file_lies_elsewhere_and_no_template_computes_their_words(hostile: Life) -> None:
    assert not [path for path in hostile.files if ".." in path.split("/") or "\\" in path or "\0" in path]
    everything = [content.decode(errors="replace") for content in (*hostile.files.values(), *hostile.desk.values())]
    everything += hostile.told
    braces = [text for text in everything if "7 * 7" in text]
    assert braces
    assert not [text for text in braces if "{{ 7 * 7 }}" not in text]


def test_a_receipt_is_no_more_lines_than_the_harmless_one(harmless: Life, hostile: Life) -> None:
    for words, like in zip(hostile.told, harmless.told, strict=True):
        assert len(words.splitlines()) <= len(like.splitlines())
        assert words == clean(words)[0]
