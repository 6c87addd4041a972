"""What operator and editor do at the desk: the same as by command, and readers see it."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from lxml import html
from starlette.testclient import TestClient

from digest import editing, operations, pipeline, subscriptions, web
from digest.operations.desk import password, people, shelf
from digest.settings import Publication, Publish
from digest.store import database, outbox
from digest.works import Works
from tests.mailboxes import mails
from tests.web.conftest import Clock, rows
from tests.web.desking import GUESSED, SLOGAN, log_in, mark, open_desk, press
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

ORIGIN = {"origin": "https://service.example"}
HOSTILE = "<script>alert(1)</script>\"' onx=1 {{7*7}} ]]> javascript:x"


@pytest.fixture
def editor(printed: Works, visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Return a client of a service with one issue out, whose editor is logged in."""
    monkeypatch.setitem(password._COST, "n", 16)
    open_desk(printed)
    assert log_in(visitor) == 303
    return visitor


def text(client: TestClient, path: str) -> str:
    answer = client.get(f"/desk/{path}")
    assert answer.status_code == 200, path
    return " ".join(html.fromstring(answer.text).text_content().split())


def test_the_overview_says_what_needs_a_person(editor: TestClient, printed: Works) -> None:
    assert "待批准" not in text(editor, "")
    drop(printed, "b.md", SECOND)
    editing.hold(printed, "paper", "89", NOW)
    assert "白鹭湖水质首次达到二类" in text(editor, "")


def test_the_lists_show_issues_and_files_a_page_at_a_time(
    editor: TestClient, printed: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "PAGE", 1)
    drop(printed, "b.md", SECOND, NOW + timedelta(minutes=1))
    drop(printed, "c.pdf", b"%PDF-1.4 no pdf", NOW + timedelta(minutes=2))
    assert "第89期" in text(editor, "issues/")
    assert "第88期" not in text(editor, "issues/")
    assert "第88期" in text(editor, "issues/?page=2")
    assert "第88期" in text(editor, "issues/?state=published")
    assert "第89期" in text(editor, "issues/?state=pending")
    assert "c.pdf：没有收录" in text(editor, "files/?state=rejected")
    assert "a.md" in text(editor, "files/?page=3")
    for page in ("0", "-1", "x", "²", "9" * 5000):
        assert text(editor, f"issues/?page={page}&state=x&paper=x")


def test_an_issue_stands_beside_its_source_with_what_was_guessed_marked(editor: TestClient, printed: Works) -> None:
    drop(printed, "b.txt", GUESSED)
    page = html.fromstring(editor.get("/desk/issues/2/").text)
    marked = [mark.text_content() for mark in page.xpath("//mark[@class='guess']")]
    assert [mark.partition("2026")[0] for mark in marked] == ["识别的把握：50%", "日期 ", "请核对 50%"]
    lines = {p.text_content().strip(): p.get("class") for p in page.xpath("//div[contains(@class, 'source')]/p")}
    assert lines["1 桂花开了"] == "is-article is-doubtful"
    assert lines[SLOGAN] == "is-left"


def test_the_preview_is_the_sites_own_page_and_runs_and_sends_nothing(editor: TestClient, printed: Works) -> None:
    drop(printed, "b.md", SECOND)
    page = html.fromstring(editor.get("/desk/issues/2/").text)
    assert page.xpath("//iframe/@sandbox") == ["allow-same-origin"]
    shown = editor.get("/desk/issues/2/preview/")
    assert "白鹭湖水质首次达到二类" in shown.text
    assert "<script src" not in shown.text
    for rule in ("frame-ancestors 'self'", "form-action 'none'", "default-src 'none'"):
        assert rule in shown.headers["content-security-policy"]
    assert shown.headers["cache-control"] == "no-store"
    assert editor.get("/desk/issues/2/preview/style.css").headers["content-type"].startswith("text/css")
    for path in ("nothing/", "feed.xml", "theme.js", "2026/11/19/1/"):
        assert editor.get(f"/desk/issues/2/preview/{path}").status_code == 404


def test_a_held_issue_is_approved(editor: TestClient, printed: Works) -> None:
    drop(printed, "b.md", SECOND)
    assert press(editor, "issues/2/hold/") == 303
    assert pipeline.publish(printed, NOW) == []
    assert press(editor, "issues/2/approve/") == 303
    pipeline.publish(printed, NOW)
    assert editor.get("/2026/11/20/").status_code == 200
    assert press(editor, "issues/2/approve/") == 409
    assert press(editor, "issues/2/hold/") == 409


@pytest.mark.parametrize(
    ("day", "held", "approved"),
    [
        ("20", "已暂缓。但它到了发布的时间", "已批准，读者几秒后就能看到"),
        ("28", "已暂缓，批准之后才会发布", "已批准，将于 2026-11-28 06:00 发布"),
    ],
)
def test_who_holds_or_approves_an_issue_is_told_what_readers_see_and_when(
    editor: TestClient, printed: Works, day: str, held: str, approved: str
) -> None:
    drop(printed, "b.md", SECOND.replace("11月20日", f"11月{day}日"))
    sent, origin = {"csrf": mark(editor)}, {"origin": str(editor.base_url)}
    for action, told in (("hold", held), ("approve", approved)):
        answer = editor.post(f"/desk/issues/2/{action}/", data=sent, headers=origin, follow_redirects=True)
        assert told in answer.text


def test_a_correction_that_waits_is_shown_as_it_would_be_and_approved(editor: TestClient, printed: Works) -> None:
    shorter = FIRST.partition("## 镇图书馆")[0].replace("三百二十", "三百三十")
    assert drop(printed, "a.md", shorter)[0].kind == "held"
    assert "三百三十" in editor.get("/desk/issues/1/preview/2026/11/19/1/").text
    assert "更正" in text(editor, "issues/1/")
    assert "三百二十" in editor.get("/2026/11/19/1/").text
    assert press(editor, "issues/1/approve/") == 303
    pipeline.publish(printed, NOW)
    assert "三百三十" in editor.get("/2026/11/19/1/").text


def test_an_issue_of_tomorrow_is_published_now(editor: TestClient, printed: Works, clock: Clock) -> None:
    drop(printed, "b.md", SECOND.replace("11月20日", "11月28日"))
    assert pipeline.publish(printed, NOW) == []
    assert press(editor, "issues/2/publish/") == 303
    assert len(pipeline.publish(printed, NOW)) == 1
    assert press(editor, "issues/2/publish/") == 409


def test_an_article_is_withdrawn_and_given_back(editor: TestClient, printed: Works) -> None:
    article = "2026/11/19/1/"
    assert press(editor, "issues/1/retract/", article=article, reason=f"  {HOSTILE}\n") == 303
    pipeline.publish(printed, NOW)
    assert editor.get(f"/{article}").status_code == 410
    assert HOSTILE in text(editor, "issues/1/")
    assert press(editor, "issues/1/restore/", article=article) == 303
    pipeline.publish(printed, NOW)
    assert editor.get(f"/{article}").status_code == 200
    assert press(editor, "issues/1/restore/", article=article) == 409
    assert press(editor, "issues/1/retract/", article="../../x") == 404


def test_a_whole_issue_is_withdrawn_and_given_back(editor: TestClient, printed: Works) -> None:
    assert press(editor, "issues/1/retract/", reason="误投") == 303
    pipeline.publish(printed, NOW)
    assert [editor.get(f"/2026/11/19/{n}/").status_code for n in (1, 2)] == [410, 410]
    assert press(editor, "issues/1/retract/") == 409
    assert press(editor, "issues/1/restore/") == 303
    pipeline.publish(printed, NOW)
    assert [editor.get(f"/2026/11/19/{n}/").status_code for n in (1, 2)] == [200, 200]
    assert press(editor, "issues/1/restore/") == 409


def test_a_test_letter_tells_of_this_issue_also_before_readers_have_it(editor: TestClient, printed: Works) -> None:
    drop(printed, "b.md", SECOND.replace("11月20日", "11月28日"))
    assert press(editor, "issues/2/test/", email="editor@paper.example") == 303
    (letter,) = mails(printed, "editor@paper.example")
    assert "白鹭湖" in letter.as_string() or "白鹭湖" in letter.get_body(("html",)).get_content()
    assert press(editor, "issues/2/test/", email="not an address") == 409


def test_what_there_is_not_is_not_found(editor: TestClient) -> None:
    for path in ("issues/99/approve/", "subscribers/99/lift/", "deliveries/99/drop/"):
        assert press(editor, path) in {404, 409}
    for path in ("issues/1/burn/", "subscribers/1/burn/", "deliveries/1/burn/"):
        assert press(editor, path) == 404
    for path in ("issues/99/", "issues/x/", "subscribers/99/", "nowhere/", f"issues/{'9' * 5000}/"):
        assert editor.get(f"/desk/{path}").status_code == 404


def test_an_address_may_be_typed_without_its_last_slash(editor: TestClient) -> None:
    for path in ("", "/issues", "/issues/1", "/subscribers"):
        answer = editor.get(f"/desk{path}?state=held", follow_redirects=True)
        assert (answer.status_code, answer.url.path, answer.url.query) == (200, f"/desk{path}/", b"state=held")
    for path in ("/nowhere", "/issues/99", "/issues/1/approve"):
        assert editor.get(f"/desk{path}", follow_redirects=True).status_code == 404


def test_a_subscriber_is_found_shown_and_unsubscribed(editor: TestClient, printed: Works) -> None:
    paper = printed.settings.publications[0]
    for name in ("one", "two"):
        subscriptions.add(printed, paper, f"{name}@home.example", "issue", NOW)
    assert "one@home.example" in text(editor, "subscribers/?state=active")
    assert "one@home.example" not in text(editor, "subscribers/?state=bounced")
    sent = {"csrf": mark(editor), "part": "TWO@"}
    found = editor.post("/desk/subscribers/", data=sent, headers=ORIGIN).text
    assert "two@home.example" in found
    assert "one@home.example" not in found
    assert "one@home.example" in text(editor, "subscribers/1/")
    assert press(editor, "subscribers/1/unsubscribe/", paper="paper") == 303
    assert press(editor, "subscribers/1/unsubscribe/", paper="paper") == 409
    assert press(editor, "subscribers/1/unsubscribe/", paper="other") == 404
    assert {one.email: one.state for one in subscriptions.listed(printed.engine)} == {
        "one@home.example": "unsubscribed",
        "two@home.example": "active",
    }


def test_an_address_that_nothing_is_sent_to_is_found_and_let_go(editor: TestClient, printed: Works) -> None:
    subscriptions.add(printed, printed.settings.publications[0], "one@home.example", "issue", NOW)
    operations.suppress(printed.engine, printed.key, "one@home.example", NOW)
    operations.suppress(printed.engine, printed.key, "gone@home.example", NOW)
    assert "停寄名单" in text(editor, "subscribers/1/")
    sent = {"csrf": mark(editor), "part": "gone@home.example"}
    assert "停寄名单" in editor.post("/desk/subscribers/", data=sent, headers=ORIGIN).text
    assert press(editor, "subscribers/1/lift/") == 303
    assert press(editor, "subscribers/lift/", email="gone@home.example") == 303
    assert operations.suppressed(printed.engine, printed.key) == []


def test_a_letter_that_failed_is_sent_again_or_given_up(editor: TestClient, printed: Works) -> None:
    for name in ("one", "two"):
        subscriptions.add(printed, printed.settings.publications[0], f"{name}@home.example", "issue", NOW)
    drop(printed, "b.md", SECOND)
    pipeline.publish(printed, NOW)
    pipeline.compose(printed, NOW)
    with database.writing(printed.engine) as store:
        first, second = (one.id for one in outbox.claim(store, NOW, 2, ["paper"]))
        outbox.fail(store, first, NOW, "550 no such user")
        outbox.doubt(store, second, "no reply")
    assert "550 no such user" in text(editor, "deliveries/?state=failed")
    assert "no reply" not in text(editor, "deliveries/?state=failed")
    assert press(editor, f"deliveries/{first}/resend/", state="failed") == 303
    assert press(editor, f"deliveries/{second}/drop/", state="uncertain") == 303
    assert press(editor, f"deliveries/{first}/resend/") == 409
    found, _ = people.deliveries(printed, "open", 1)
    assert [(one.id, one.state) for one in found] == [(first, "pending")]


STRANGE = ("\0", "é\u202e", "-1", "1e9", "%00%ff", "..", "' OR 1=1 --", "＜", "x" * 5000)


def test_whatever_is_asked_or_sent_nothing_breaks(editor: TestClient) -> None:
    genuine = mark(editor)
    for strange in STRANGE:
        for path in ("issues/", "files/", "subscribers/", "deliveries/", "login/", "issues/1/"):
            asked = dict.fromkeys(("page", "state", "paper", "done", "lang", "next"), strange)
            assert editor.get(f"/desk/{path}", params=asked).status_code < 400
        for path in ("subscribers/", "subscribers/lift/", "issues/1/retract/", "issues/1/test/", "deliveries/1/drop/"):
            sent = dict.fromkeys(("part", "email", "article", "reason", "paper", "state"), strange) | {"csrf": genuine}
            assert editor.post(f"/desk/{path}", data=sent, headers=ORIGIN).status_code < 500
        assert editor.get(f"/desk/issues/1/preview/{quote(strange)}").status_code < 500


def test_no_get_changes_anything(editor: TestClient, printed: Works) -> None:
    subscriptions.add(printed, printed.settings.publications[0], "one@home.example", "issue", NOW)
    before = rows(printed)
    paths = ["", "issues/", "files/", "subscribers/", "deliveries/", "issues/1/", "issues/1/preview/", "subscribers/1/"]
    actions = ["issues/1/retract/", "subscribers/1/unsubscribe/", "deliveries/1/drop/", "logout/"]
    for path in (*paths, *actions):
        assert editor.get(f"/desk/{path}").status_code in {200, 404, 405}
    assert rows(printed) == before


def test_nobody_sees_or_does_anything_without_logging_in(editor: TestClient, printed: Works) -> None:
    genuine = mark(editor)
    editor.cookies.clear()
    before = rows(printed)
    for path in ("", "issues/", "files/", "issues/1/", "issues/1/preview/", "subscribers/", "deliveries/"):
        assert editor.get(f"/desk/{path}").status_code == 303
    for path in ("issues/1/retract/", "subscribers/1/lift/", "deliveries/1/drop/", "subscribers/lift/", "logout/"):
        assert editor.post(f"/desk/{path}", data={"csrf": genuine}, headers=ORIGIN).status_code == 303
    assert rows(printed) == before


@pytest.fixture
def hostile(settings_of_two: Works, clock: Clock) -> Iterator[TestClient]:
    """Return a client who is logged in at a service whose every field is hostile."""
    with TestClient(web.build(settings_of_two, clock), base_url="https://service.example") as client:
        log_in(client)
        yield client


@pytest.fixture
def settings_of_two(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    from pathlib import Path

    monkeypatch.setitem(password._COST, "n", 16)
    papers = (Publication(title=HOSTILE), Publication(slug="other", title=HOSTILE))
    settings = settings_in(Path(str(tmp_path)), publications=papers, publish=Publish(hold_below=1.0))
    with opened(settings, sound=False) as works:
        open_desk(works)
        evil = FIRST.replace("老渡口恢复摆渡", HOSTILE).replace("渡口每天", f"{HOSTILE}渡口每天")
        name = "<img src=x onx=1> \"'.md"
        drop(works, f"paper/{name}", evil)
        drop(works, f"paper/{name}.pdf", f"%PDF {HOSTILE}")
        subscriptions.add(works, papers[0], "one+<>@home.example".replace("<>", "'"), "issue", NOW)
        with database.writing(works.engine) as store:
            from sqlalchemy import text as sql

            store.execute(sql("update issue set error = :hostile"), {"hostile": HOSTILE})
            store.execute(sql("update subscriber set email = :hostile"), {"hostile": HOSTILE})
            store.execute(sql("update consent set origin = :hostile"), {"hostile": HOSTILE})
        yield works


def test_hostile_words_stay_words(hostile: TestClient) -> None:
    for path in ("", "issues/", "files/", "issues/1/", "issues/1/preview/", "subscribers/", "subscribers/1/"):
        answer = hostile.get(f"/desk/{path}?q={HOSTILE}&done={HOSTILE}&lang={HOSTILE}&paper={HOSTILE}")
        assert answer.status_code == 200, path
        page = html.fromstring(answer.text)
        assert not page.xpath("//script[not(@type='application/ld+json')] | //img"), path
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), path
        assert not [href for href in page.xpath("//@href") if href.lower().startswith("javascript")], path
        assert "49" not in answer.text.partition("alert")[2].partition("]]")[0], path
