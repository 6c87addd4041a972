"""Searching as readers, their feed readers and those who mean no good meet it."""

import re
from collections.abc import Iterator

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring
from starlette.testclient import TestClient

from digest import editing, feeds, pipeline, web
from digest.settings import Publication
from digest.works import Works
from tests.builders import HOSTILE
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    with opened(settings_in(tmp_path_factory.mktemp("office"))) as works:
        for name, content in (("a.md", FIRST), ("b.md", SECOND)):
            drop(works, name, content)
            pipeline.publish(works, NOW)
        yield works


@pytest.fixture(scope="module")
def client(works: Works) -> Iterator[TestClient]:
    with TestClient(web.build(works, lambda: NOW), follow_redirects=False) as client:
        yield client


def found(client: TestClient, words: str, **fields: str) -> list[str]:
    """Return the addresses of the hits."""
    answer = client.get("/search", params={"q": words, **fields})
    assert answer.status_code == 200
    return re.findall(r'<h2[^>]*><a href="([^"]+)"', answer.text)


def test_what_a_reader_remembers_is_found_and_shown(client: TestClient) -> None:
    answer = client.get("/search?q=图书馆 三千册")
    assert "共 1 篇" in answer.text
    assert '<a href="/2026/11/19/2/">镇<mark>图书馆</mark>新添<mark>三千册</mark>书</a>' in answer.text
    assert '<input type="search" name="q" value="图书馆 三千册"' in answer.text


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("林晓棠", ["/2026/11/20/1/", "/2026/11/19/1/"]),
        ("作者:晓棠 渡口", ["/2026/11/19/1/"]),
        ("林晓棠 -渡口", ["/2026/11/20/1/"]),
        ('"票价一元"', ["/2026/11/19/1/"]),
        ('"一元票价"', []),
        ("自:2026-11-20", ["/2026/11/20/1/"]),
        ("-渡口 至:2026-11-19", ["/2026/11/19/2/"]),
        ("", []),
    ],
)
def test_a_query_says_what_is_wanted(client: TestClient, words: str, paths: list[str]) -> None:
    assert found(client, words) == paths


def test_the_fields_of_the_form_say_the_same(client: TestClient) -> None:
    assert found(client, "", author="林晓棠", to="2026-11-19") == ["/2026/11/19/1/"]
    assert found(client, "市", **{"from": "2026-11-20"}) == ["/2026/11/20/1/"]
    assert found(client, "渡口", author="", section="", to="", page="1") == ["/2026/11/19/1/"]


def test_nothing_found_is_a_page_that_helps(client: TestClient) -> None:
    answer = client.get("/search?q=火星")
    assert (answer.status_code, answer.headers["x-robots-tag"]) == (200, "noindex")
    assert "没有找到" in answer.text
    assert "怎样搜索" in answer.text
    assert 'content="noindex"' in answer.text


def test_the_part_is_the_list_alone(client: TestClient) -> None:
    part = client.get("/search?q=渡口&part=1").text
    assert "<html" not in part
    assert part.strip() in client.get("/search?q=渡口").text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(), st.text("\"“”*-()^:{}+,.;\\'\0 渡口AND OR NOT NEAR title", max_size=30), st.sampled_from(HOSTILE)
    ),
    st.sampled_from(["q", "section", "author", "from", "to", "sort", "page"]),
)
def test_whatever_is_asked_there_is_a_page_and_a_feed(client: TestClient, said: str, field: str) -> None:
    asked = {"q": "渡口", field: said}
    assert client.get("/search.xml", params=asked).status_code == 200
    assert feeds.read("feed.json", client.get("/search.json", params=asked).content) is not None
    answer = client.get("/search", params=asked)
    assert answer.status_code == 200
    page = document_fromstring(answer.text)
    assert {script.get("src") for script in page.iter("script")} <= {"/search.js", "/theme.js"}
    assert not page.xpath("//@onerror | //@onload | //@onfocus | //@style | //h1[2] | //img")


def test_a_search_of_thousands_of_words_is_cut(client: TestClient) -> None:
    answer = client.get("/search", params={"q": " ".join(["渡口"] * 90)})
    assert (answer.status_code, "只用了前面的一部分" in answer.text) == (200, True)
    assert found(client, "渡口", page="99999999999999999999") == ["/2026/11/19/1/"]
    assert found(client, "渡口", page="100") == []


@pytest.mark.parametrize("path", ["/search.xml", "/search.atom", "/search.json"])
def test_a_query_has_a_feed(client: TestClient, path: str) -> None:
    answer = client.get(path, params={"q": "林晓棠", "sort": "best"})
    own = f"https://service.example{path}?q=%E6%9E%97%E6%99%93%E6%A3%A0"
    assert answer.headers["link"] == f'<{own}>; rel="self"'
    assert own in answer.text
    everything = client.get("/feed.json").json()
    ids = [item["id"] for item in everything["items"]]
    entries = answer.json()["items"] if path.endswith("json") else feedparser.parse(answer.text).entries
    assert [entry["id"] for entry in entries] == [ids[0], ids[1]]
    assert "搜索：林晓棠" in answer.text


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_feed_that_has_not_changed_is_not_sent_again(client: TestClient, encoding: str) -> None:
    headers = {"accept-encoding": encoding}
    first = client.get("/search.xml?q=渡口", headers=headers)
    assert first.headers["content-type"] == "application/xml; charset=utf-8"
    again = client.get("/search.xml?q=渡口", headers=headers | {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/search.xml?q=水质", headers=headers | {"if-none-match": first.headers["etag"]})
    assert other.status_code == 200
    assert client.options("/search.xml").status_code == 204


def test_the_page_names_the_feed_of_its_query(client: TestClient) -> None:
    page = client.get("/search?q=渡口&sort=best&page=2").text
    assert re.search(
        r'<link rel="alternate" type="application/rss\+xml" title="搜索：渡口" href="search\.xml\?q=%E6%B8%A1%E5%8F%A3">',
        page,
    )


def test_a_withdrawn_article_is_gone_at_once_and_comes_back_when_it_is_public_again(
    works: Works, client: TestClient
) -> None:
    editing.retract(works, "paper", "2026/11/19/2/", "有误", NOW)
    assert found(client, "图书馆") == []
    pipeline.publish(works, NOW)
    editing.restore(works, "paper", "2026/11/19/2/", NOW)
    assert found(client, "图书馆") == []
    pipeline.publish(works, NOW)
    assert found(client, "图书馆") == ["/2026/11/19/2/"]


def test_several_papers_have_a_search_each_and_one_over_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    two = (Publication(slug="east", title="东岸报"), Publication(slug="west", title="西岸报", language="en"))
    with opened(settings_in(tmp_path_factory.mktemp("two"), publications=two)) as works:
        drop(works, "east/a.md", FIRST)
        drop(works, "west/b.md", SECOND)
        pipeline.publish(works, NOW)
        with TestClient(web.build(works, lambda: NOW)) as client:
            hits = re.compile(r'<h2[^>]*><a href="([^"]+)"')
            assert hits.findall(client.get("/east/search?q=林晓棠").text) == ["/east/2026/11/19/1/"]
            assert hits.findall(client.get("/west/search?q=林晓棠").text) == ["/west/2026/11/20/1/"]
            both = client.get("/search?q=林晓棠").text
            assert hits.findall(both) == ["/west/2026/11/20/1/", "/east/2026/11/19/1/"]
            assert "<span>东岸报</span>" in both
            assert "1 article<" in client.get("/west/search?q=白鹭湖").text
            assert len(client.get("/search.json?q=林晓棠").json()["items"]) == 2
            assert "west/search.xml?q=" in client.get("/west/search.xml?q=林晓棠").text
