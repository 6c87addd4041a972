"""A corrected issue keeps the ids, addresses and publication dates of what it keeps."""

import email
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from digest import editing, mail, pipeline, settings, site
from digest.errors import DigestError
from digest.model import Letter, Source
from digest.store import database, issues, publications
from digest.store.schema import correction
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, subscribe

LATER = NOW + timedelta(hours=2)
THIRD = "\n## 社区食堂开张\n\n本报讯（记者 沈归舟）社区食堂昨天开张，一顿午饭十二元，首日供餐四百份。\n"
ISSUE = FIRST + THIRD + "\n## 夜班公交加密\n\n本报讯（记者 林晓棠）三路夜班公交即日起每二十分钟一班，末班车延到零点。\n"


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.md", ISSUE)
        pipeline.publish(works, NOW)
        yield works


def page(works: Works, path: str) -> str:
    return (works.settings.public / path / "index.html").read_text("utf-8")


def feed(works: Works) -> dict[str, dict[str, str]]:
    items = json.loads((works.settings.public / "feed.json").read_text("utf-8"))["items"]
    return {item["id"].rpartition("/")[2]: item for item in items}


def edit(works: Works, text: str, name: str = "a.md") -> str:
    (outcome,) = drop(works, name, text, LATER)
    pipeline.publish(works, LATER)
    return outcome.kind


def test_what_is_kept_keeps_its_id_and_date_and_only_what_changed_moves(works: Works) -> None:
    before = feed(works)
    assert edit(works, ISSUE.replace("三百二十人次", "三百六十人次")) == "corrected"
    after = feed(works)
    assert before.keys() == after.keys()
    assert "三百六十人次" in after["1"]["content_html"]
    assert after["1"]["date_published"] == before["1"]["date_published"]
    assert after["1"]["date_modified"] > before["1"]["date_modified"]
    assert {n: after[n] for n in "234"} == {n: before[n] for n in "234"}
    assert "三百六十人次" in page(works, "2026/11/19/1")


def test_an_article_that_is_new_gets_the_next_id(works: Works) -> None:
    before = feed(works)
    new = "\n## 老戏台修好了\n\n本报讯（记者 林晓棠）老戏台修缮完工，本周六晚上唱头一台戏，不收门票。\n"
    head, _, rest = ISSUE.partition("\n## 镇图书馆")
    assert edit(works, f"{head}{new}\n## 镇图书馆{rest}") == "corrected"
    after = feed(works)
    assert after.keys() - before.keys() == {"5"}
    assert "老戏台修好了" in page(works, "2026/11/19/5")
    assert page(works, "2026/11/19").index("老戏台修好了") < page(works, "2026/11/19").index("社区食堂开张")


def test_an_article_that_is_gone_is_withdrawn(works: Works) -> None:
    assert edit(works, ISSUE.replace(THIRD, "")) == "corrected"
    assert "社区食堂" not in page(works, "2026/11/19")
    assert "社区食堂" not in page(works, "")
    tombstone = page(works, "2026/11/19/3")
    assert "社区食堂" not in tombstone
    assert "noindex" in tombstone
    entry = feed(works)["3"]
    assert "食堂" not in json.dumps(entry, ensure_ascii=False)


def test_an_article_that_comes_back_has_its_old_id(works: Works) -> None:
    edit(works, ISSUE.replace(THIRD, ""))
    assert edit(works, ISSUE + "\n") == "corrected"
    assert "社区食堂开张" in page(works, "2026/11/19/3")
    assert feed(works)["3"]["title"] == "社区食堂开张"


def test_the_old_file_dropped_again_changes_nothing(works: Works) -> None:
    edit(works, ISSUE.replace("三百二十人次", "三百六十人次"))
    before = feed(works)
    assert edit(works, ISSUE, "old.md") == "known"
    assert feed(works) == before


def test_a_correction_that_would_withdraw_too_much_waits_for_approval(works: Works) -> None:
    before = feed(works)
    assert edit(works, FIRST) == "held"
    assert feed(works) == before
    receipts = sorted((works.settings.inbox.folder / "done").rglob("*.receipt.txt"))
    assert any("digest approve 88" in receipt.read_text("utf-8") for receipt in receipts)
    editing.approve(works, "paper", "88", LATER)
    pipeline.publish(works, LATER)
    assert "社区食堂" not in page(works, "")
    with pytest.raises(DigestError):
        editing.approve(works, "paper", "88", LATER)


def test_of_two_held_corrections_only_the_one_that_is_approved_counts(works: Works) -> None:
    assert edit(works, FIRST) == "held"
    assert edit(works, FIRST.replace("三百二十", "三百六十")) == "held"
    editing.approve(works, "paper", "88", LATER)
    pipeline.publish(works, LATER)
    assert "三百六十人次" in page(works, "2026/11/19/1")
    with pytest.raises(DigestError):
        editing.approve(works, "paper", "88", LATER)
    assert edit(works, FIRST) == "known"


def test_a_correction_after_a_held_one_is_taken(works: Works) -> None:
    assert edit(works, FIRST) == "held"
    assert edit(works, ISSUE.replace("三百二十", "三百六十")) == "corrected"


def test_the_same_number_with_other_articles_is_another_issue(works: Works) -> None:
    before = feed(works)
    other = SECOND.replace("第89期", "第88期")
    (outcome,) = drop(works, "b.md", other, LATER)
    assert outcome.kind == "taken"
    assert "/2026/11/19/" in outcome.words
    pipeline.publish(works, LATER)
    assert before.keys() <= feed(works).keys()


def test_a_correction_makes_no_letter_and_what_it_adds_comes_with_the_next(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    edit(works, ISSUE + "\n## 老戏台修好了\n\n本报讯（记者 林晓棠）老戏台修缮完工，本周六晚上唱头一台戏，不收门票。\n")
    assert pipeline.compose(works, LATER) == 0
    drop(works, "b.md", SECOND, LATER)
    pipeline.publish(works, LATER)
    assert pipeline.compose(works, LATER) == 1
    pipeline.deliver(works, LATER)
    (path,) = works.settings.outbox.glob("*.eml")
    letter = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
    assert letter is not None
    with database.reading(works.engine) as store:
        unread = issues.between(store, publications.id_of(store, "paper"), 4, 6, NOW - timedelta(days=7))
    assert [one.article.title for issue in unread for one in issue.articles] == [
        "白鹭湖水质首次达到二类",
        "老戏台修好了",
    ]
    assert "老戏台修好了" in letter.get_content()


def test_the_next_letter_tells_of_corrections_once(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW - timedelta(days=1))
    drop(works, "b.md", SECOND)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    drop(works, "b.md", SECOND.replace("一点二亿元", "一点三亿元"), LATER)
    pipeline.publish(works, LATER)
    for n, day in ((90, 21), (91, 22)):
        drop(
            works,
            f"{n}.md",
            FIRST.replace("第88期", f"第{n}期").replace("11月19日", f"11月{day}日").replace("渡口", f"渡口{n}"),
        )
        pipeline.publish(works, NOW + timedelta(days=3))
        assert pipeline.compose(works, NOW + timedelta(days=3)) == 1
    while pipeline.deliver(works, NOW + timedelta(days=3)):
        pass
    plain = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
        for path in works.settings.outbox.glob("*.eml")
    ]
    told = [letter.get_content().count("更正") > 0 for letter in plain if letter is not None]
    assert sorted(told) == [False, False, True]


def test_what_vanished_long_ago_is_told_of_once(works: Works) -> None:
    def told() -> int:
        with database.reading(works.engine) as store:
            return store.execute(select(func.count()).select_from(correction)).scalar_one()

    without = ISSUE.replace(THIRD, "")
    edit(works, without)
    assert told() == 1
    edit(works, without.replace("三百二十", "三百六十"))
    assert told() == 2
    edit(works, ISSUE)
    assert told() == 2  # the old file again changes nothing
    edit(works, ISSUE.replace("三百二十", "三百六十"))
    assert told() == 3


def queued(works: Works, text: str = SECOND) -> None:
    """Have a letter about a new issue made, and not yet sent."""
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "b.md", text)
    pipeline.publish(works, NOW)
    assert pipeline.compose(works, NOW) == 1


def sent(works: Works) -> list[str]:
    """Send what is due, and return the text of each letter."""
    pipeline.compose(works, LATER)
    pipeline.deliver(works, LATER)
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in works.settings.outbox.glob("*.eml")
    ]
    return [str(part.get_content()) for letter in letters if (part := letter.get_body(("plain",))) is not None]


def test_what_is_withdrawn_leaves_letters_that_were_not_sent(works: Works) -> None:
    queued(works, SECOND + THIRD)
    editing.retract(works, "paper", "2026/11/20/2", None, LATER)
    (letter,) = sent(works)
    assert "白鹭湖" in letter
    assert "食堂" not in letter


def test_a_letter_of_which_nothing_is_left_is_not_sent(works: Works) -> None:
    queued(works)
    editing.retract(works, "paper", "2026/11/20/1", None, LATER)
    assert sent(works) == []


def test_an_issue_withdrawn_before_its_letter_makes_none(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "b.md", SECOND)
    pipeline.publish(works, NOW)
    editing.retract(works, "paper", "2026/11/20/1", None, LATER)
    pipeline.publish(works, LATER)
    assert pipeline.compose(works, LATER) == 0
    assert sent(works) == []


def test_retracting_leaves_a_notice_and_can_be_undone(works: Works) -> None:
    editing.retract(works, "paper", "https://paper.example/2026/11/19/2/", "数字有误，核实后再发。", LATER)
    pipeline.publish(works, LATER)
    assert "数字有误，核实后再发。" in page(works, "2026/11/19/2")
    assert "镇图书馆" not in page(works, "")
    assert edit(works, ISSUE.replace("三百二十人次", "三百六十人次")) == "corrected"
    assert "镇图书馆" not in page(works, "")  # a file that still has it does not bring it back
    editing.restore(works, "paper", "2026/11/19/2", LATER)
    pipeline.publish(works, LATER)
    assert "镇图书馆新添三千册书" in page(works, "2026/11/19/2")
    assert feed(works)["2"]["title"] == "镇图书馆新添三千册书"


def test_what_was_never_public_leaves_no_trace(works: Works) -> None:
    tomorrow = SECOND.replace("11月20日", "11月21日") + THIRD
    drop(works, "b.md", tomorrow)
    drop(
        works,
        "b.md",
        tomorrow.replace(THIRD, "\n## 另一篇\n\n本报讯（记者 沈归舟）这是另一篇完全不同的报道，讲的是河边的柳树。\n"),
        LATER,
    )
    after = NOW + timedelta(days=2)
    editing_needed = pipeline.publish(works, after)
    assert len(editing_needed) == 1
    assert "食堂" not in (works.settings.public / "feed.json").read_text("utf-8").split("白鹭湖")[0]


def test_a_held_issue_waits(works: Works) -> None:
    drop(works, "b.md", SECOND.replace("11月20日", "11月21日"))
    editing.hold(works, "paper", "89", NOW)
    after = NOW + timedelta(days=2)
    assert pipeline.publish(works, after) == []
    editing.approve(works, "paper", "89", after)
    assert len(pipeline.publish(works, after)) == 1
    with pytest.raises(DigestError) as refusal:
        editing.hold(works, "paper", "89", NOW)
    assert refusal.value.code == "error.already_published"


def test_what_was_read_with_little_confidence_waits(tmp_path: Path) -> None:
    head, title, _ = SECOND.partition("## 白鹭湖水质首次达到二类\n")
    doubtful = f"{head}{title}\n今年十月的湖水比往年都清。下一步还要把"
    with opened(settings_in(tmp_path, publish=settings.Publish(hold_below=0.8))) as works:
        (outcome,) = drop(works, "b.md", doubtful)
        assert (outcome.kind, "digest approve 89" in outcome.words) == ("held", True)
        assert pipeline.publish(works, LATER) == []
        (outcome,) = drop(works, "c.md", doubtful.replace(title, "=== 白鹭湖水质首次达到二类 ===\n"))
        assert (outcome.kind, "digest approve 89" in outcome.words) == ("corrected", True)
        editing.approve(works, "paper", "89", LATER)
        assert len(pipeline.publish(works, LATER)) == 1
        assert drop(works, "d.md", doubtful + "清淤")[0].kind == "held"
        assert pipeline.publish(works, LATER) == []


def test_a_file_is_made_the_correction_of_a_named_issue(works: Works) -> None:
    wrong = ISSUE.replace("第88期", "第99期").replace("11月19日", "11月18日").replace("三百二十人次", "三百六十人次")
    outcome = editing.reissue(works, "paper", "88", Source("fixed.md", wrong.encode()), LATER)
    assert outcome.kind == "corrected"
    assert "报头原来是：南浔渡口报  2026-11-19  星期四  第88期" in outcome.words
    pipeline.publish(works, LATER)
    assert "三百六十人次" in page(works, "2026/11/19/1")
    assert "第99期" in page(works, "2026/11/19")


def test_a_file_that_corrected_one_issue_and_became_another_is_known_again(works: Works) -> None:
    wrong = ISSUE.replace("第88期", "第99期").replace("11月19日", "11月18日").replace("三百二十人次", "三百六十人次")
    assert drop(works, "wrong.md", SECOND.replace("第89期", "第99期") + wrong, LATER)[0].kind == "taken"
    source = Source("wrong.md", (SECOND.replace("第89期", "第99期") + wrong).encode())
    editing.reissue(works, "paper", "88", source, LATER)
    assert drop(works, "again.md", source.content, LATER)[0].kind == "known"
    pipeline.publish(works, LATER)


def test_an_embargo_in_a_correction_moves_what_readers_have_not_seen(works: Works) -> None:
    tomorrow = SECOND.replace("11月20日", "11月21日")
    drop(works, "b.md", tomorrow)
    assert drop(works, "b.md", f"---\nembargo: 2026-11-23 08:00\n---\n{tomorrow}", LATER)[0].kind == "corrected"
    assert pipeline.publish(works, NOW + timedelta(days=2)) == []
    (issue,) = pipeline.publish(works, NOW + timedelta(days=3))
    assert issue.published.isoformat() == "2026-11-23T00:00:00+00:00"


def during_publication(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Have something done between the pages and the lists of the next publication."""
    render = site.render_lists

    def rendering(*arguments: Any, **named: Any) -> dict[str, bytes]:
        monkeypatch.undo()
        do()
        lists: dict[str, bytes] = render(*arguments, **named)
        return lists

    monkeypatch.setattr("digest.site.render_lists", rendering)


def test_what_is_withdrawn_during_its_publication_is_gone_after_the_next(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(works, "b.md", SECOND + THIRD)
    during_publication(monkeypatch, lambda: editing.retract(works, "paper", "2026/11/20/2", None, LATER))
    pipeline.publish(works, LATER)
    pipeline.publish(works, LATER)
    assert "社区食堂" not in page(works, "2026/11/20/2")


def test_what_is_corrected_during_a_publication_is_public_only_with_the_next(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "b.md", SECOND)
    more = Source("b2.md", (SECOND + THIRD).encode())
    during_publication(monkeypatch, lambda: editing.reissue(works, "paper", "89", more, LATER))
    pipeline.publish(works, LATER)
    pipeline.compose(works, LATER)
    assert not (works.settings.public / "2026/11/20/2").exists()
    pipeline.publish(works, LATER)
    assert "社区食堂" in page(works, "2026/11/20/2")


def test_a_hold_during_the_publication_comes_too_late(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(works, "b.md", SECOND)
    during_publication(monkeypatch, lambda: editing.hold(works, "paper", "89", NOW))
    pipeline.publish(works, LATER)
    assert "白鹭湖" in page(works, "")
    with pytest.raises(DigestError) as refusal:
        editing.hold(works, "paper", "89", NOW)
    assert refusal.value.code == "error.already_published"
    editing.retract(works, "paper", "2026/11/20/1/", None, LATER)
    pipeline.publish(works, LATER)
    assert "白鹭湖" not in page(works, "2026/11/20/1")


def test_what_is_corrected_and_held_during_its_publication_is_published_with_the_next(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(works, "b.md", SECOND)
    more = Source("b2.md", (SECOND + THIRD).encode())

    def edit() -> None:
        editing.hold(works, "paper", "89", NOW)
        editing.reissue(works, "paper", "89", more, LATER)

    during_publication(monkeypatch, edit)
    pipeline.publish(works, LATER)
    assert not (works.settings.public / "2026/11/20/2").exists()
    pipeline.publish(works, LATER)
    assert "社区食堂" in page(works, "2026/11/20/2")


def test_what_is_withdrawn_while_its_letter_is_made_is_not_in_it(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "b.md", SECOND + THIRD)
    pipeline.publish(works, NOW)
    render = mail.render

    def rendering(*arguments: Any) -> Letter:
        monkeypatch.undo()
        editing.retract(works, "paper", "2026/11/20/2", None, LATER)
        letter: Letter = render(*arguments)
        return letter

    monkeypatch.setattr("digest.mail.render", rendering)
    assert pipeline.compose(works, NOW) == 0
    (letter,) = sent(works)
    assert "食堂" not in letter


def test_what_comes_back_into_a_place_that_is_taken_stands_at_the_end(works: Works) -> None:
    edit(works, ISSUE.replace(THIRD, ""))
    editing.restore(works, "paper", "2026/11/19/3", LATER)
    pipeline.publish(works, LATER)
    assert page(works, "archive").count("2026/11/19/") == 1
    assert "社区食堂开张" in page(works, "2026/11/19")


def test_a_reason_can_be_given_later(works: Works) -> None:
    editing.retract(works, "paper", "2026/11/19/2", None, LATER)
    with pytest.raises(DigestError):
        editing.retract(works, "paper", "2026/11/19/2", None, LATER)
    editing.retract(works, "paper", "2026/11/19/2", "数字有误", LATER)
    pipeline.publish(works, LATER)
    assert "数字有误" in page(works, "2026/11/19/2")


def test_an_issue_is_named_by_number_date_or_address(works: Works) -> None:
    drop(works, "b.md", SECOND.replace("11月20日", "11月21日"))
    for name in ("89", "2026-11-21", "2026/11/21/", "https://paper.example/2026/11/21/"):
        editing.hold(works, "paper", name, NOW)
        editing.approve(works, "paper", name, LATER)


def test_a_date_with_two_issues_names_neither(works: Works) -> None:
    drop(works, "b.md", SECOND.replace("11月20日", "11月19日"), LATER)
    with pytest.raises(DigestError) as refusal:
        editing.reissue(works, "paper", "2026-11-19", Source("x.md", ISSUE.encode()), LATER)
    assert refusal.value.code == "error.many_issues"


@pytest.mark.parametrize(
    "named",
    [
        "https://other.example/2026/11/19/1/",
        "https://paper.example/other/2026/11/19/1/",
        "2026/11/19/9",
        "x",
        "2026/13/99/1",
    ],
)
def test_an_unknown_article_is_an_error(works: Works, named: str) -> None:
    with pytest.raises(DigestError) as refusal:
        editing.retract(works, "paper", named, None, LATER)
    assert refusal.value.code == "error.no_article"


def test_an_unknown_issue_is_an_error(works: Works) -> None:
    with pytest.raises(DigestError) as refusal:
        editing.hold(works, "paper", "1", NOW)
    assert refusal.value.code == "error.no_issue"


def test_the_editor_gets_the_receipts_by_mail(tmp_path: Path) -> None:
    configured = settings_in(tmp_path)
    paper = configured.publications[0]
    from dataclasses import replace

    with opened(replace(configured, publications=(replace(paper, editor="editor@paper.example"),))) as works:
        drop(works, "a.md", FIRST)
        drop(works, "empty.txt", "")
        pipeline.deliver(works, NOW)
        pipeline.deliver(works, NOW)
        letters = [path.read_text("ascii") for path in works.settings.outbox.glob("*.eml")]
    assert len(letters) == 2
    assert all("To: editor@paper.example" in letter for letter in letters)
