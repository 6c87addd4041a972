"""Who gets which letter, and when: cadences, topics, zones, quiet hours, and what is too old to be news."""

import email
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email import policy
from pathlib import Path

import pytest

from digest import pipeline
from digest.model import Preferences
from digest.store import database, digests, preferences, publications, subscribers
from digest.works import Works
from tests.works import NOW, drop, opened, settings_in
from tests.works import subscribe as begin

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
"""When the daily letter is due next, in Shanghai."""


def issue(day: int, *headlines: str, section: str = "要闻") -> str:
    """Return an issue of November with a few articles in one section."""
    weekday = "一二三四五六日"[datetime(2026, 11, day, tzinfo=UTC).weekday()]
    head = f"# 南浔渡口报\n\n2026年11月{day}日　星期{weekday}　第{day + 60}期\n\n## 第1版　{section}\n\n"
    text = "本报讯（记者 林晓棠）{}，昨天全部完成，投入一百二十万元，三年来分两期施工。\n"
    return head + "\n".join(f"### {one}\n\n{text.format(one)}" for one in headlines)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def subscribe(works: Works, wanted: Preferences, name: str = "a", due_at: datetime | None = None) -> None:
    begin(works.engine, f"{name}@example.org", "paper", wanted.cadence, NOW)
    with database.writing(works.engine) as store:
        row = subscribers.by_email(store, f"{name}@example.org")
        assert row is not None
        preferences.save(store, row, publications.id_of(store, "paper"), wanted, due_at)


def publish(works: Works, day: int, *headlines: str, now: datetime = NOW, section: str = "要闻") -> None:
    drop(works, f"{day}.md", issue(day, *headlines, section=section), now)
    pipeline.publish(works, now)


def letters(works: Works, now: datetime) -> dict[str, str]:
    """Make and send what is due, and return the text that each got."""
    for old in works.settings.outbox.glob("*.eml"):
        old.unlink()
    pipeline.compose(works, now)
    while pipeline.deliver(works, now):
        pass
    found = {}
    for path in works.settings.outbox.glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        part = mail.get_body(("plain",))
        assert part is not None
        found[mail["to"].partition("@")[0]] = part.get_content()
    return found


def test_two_issues_on_one_day_make_one_daily_letter_and_two_for_who_wants_each(works: Works) -> None:
    subscribe(works, Preferences(cadence="daily"), "daily")
    subscribe(works, Preferences(), "each")
    publish(works, 19, "老渡口恢复摆渡")
    assert list(letters(works, NOW)) == ["each"]
    publish(works, 20, "白鹭湖水质达到二类")
    assert list(letters(works, NOW + HOUR)) == ["each"]
    (text,) = letters(works, MORNING).values()
    assert "老渡口恢复摆渡" in text
    assert "白鹭湖水质达到二类" in text
    assert letters(works, MORNING + DAY) == {}


def test_a_subscriber_s_own_hour_and_zone_count(works: Works) -> None:
    subscribe(works, Preferences(cadence="daily", send_at=time(18, 0)), "evening")
    subscribe(works, Preferences(cadence="daily", timezone="Europe/London"), "london")
    publish(works, 20, "白鹭湖水质达到二类")
    assert letters(works, NOW) == {}
    assert list(letters(works, datetime(2026, 11, 20, 7, 29, tzinfo=UTC))) == []
    assert list(letters(works, datetime(2026, 11, 20, 7, 30, tzinfo=UTC))) == ["london"]
    assert list(letters(works, datetime(2026, 11, 20, 10, 0, tzinfo=UTC))) == ["evening"]


def test_a_weekly_letter_holds_the_week(works: Works) -> None:
    subscribe(works, Preferences(cadence="weekly", weekday=4))
    publish(works, 20, "白鹭湖水质达到二类")
    pipeline.compose(works, NOW)
    publish(works, 26, "环湖步道月底开放", now=NOW + 6 * DAY)
    (text,) = letters(works, MORNING + 6 * DAY).values()
    assert "白鹭湖水质达到二类" in text
    assert "环湖步道月底开放" in text


def test_without_news_there_is_no_letter_and_what_comes_later_waits_for_the_next_time(works: Works) -> None:
    subscribe(works, Preferences(cadence="daily"))
    assert letters(works, NOW) == {}
    assert letters(works, MORNING) == {}
    publish(works, 20, "白鹭湖水质达到二类", now=MORNING + HOUR)
    assert letters(works, MORNING + HOUR) == {}
    assert len(letters(works, MORNING + DAY)) == 1


def test_quiet_hours_and_pauses_hold_letters_back(works: Works) -> None:
    night = {"quiet_from": time(11, 0), "quiet_to": time(14, 0)}  # around noon, where NOW is
    subscribe(works, Preferences(cadence="issue", **night), "quiet")
    subscribe(works, Preferences(paused_until=NOW + DAY), "paused", due_at=NOW + DAY)
    publish(works, 20, "白鹭湖水质达到二类")
    assert letters(works, NOW) == {}
    assert list(letters(works, datetime(2026, 11, 20, 6, 0, tzinfo=UTC))) == ["quiet"]
    assert list(letters(works, NOW + DAY)) == ["paused"]


def test_who_has_chosen_topics_gets_what_is_about_one_of_them(works: Works) -> None:
    subscribe(works, Preferences(topics=("keyword:摆渡", "section:民生")), "both")
    subscribe(works, Preferences(topics=("keyword:水质",)), "water")
    subscribe(works, Preferences(topics=("keyword:足球",)), "football")
    publish(works, 19, "老渡口恢复摆渡", "镇图书馆添书三千册")
    publish(works, 20, "白鹭湖水质达到二类", section="民生")
    found = letters(works, NOW)
    assert found.keys() == {"both", "water"}
    assert "老渡口恢复摆渡" in found["both"]
    assert "镇图书馆" not in found["both"]
    assert "白鹭湖" in found["both"]
    assert "白鹭湖" in found["water"]
    assert "摆渡" not in found["water"]


def test_headlines_are_headlines(works: Works) -> None:
    subscribe(works, Preferences(form="headlines"), "short")
    subscribe(works, Preferences(), "whole")
    publish(works, 20, "白鹭湖水质达到二类")
    found = letters(works, NOW)
    assert "白鹭湖水质达到二类" in found["short"]
    assert "一百二十万元" not in found["short"]
    assert "一百二十万元" in found["whole"]


def test_who_changes_everything_gets_each_article_once(works: Works) -> None:
    subscribe(works, Preferences(cadence="daily"))
    publish(works, 19, "老渡口恢复摆渡")
    assert letters(works, NOW) == {}
    subscribe(works, Preferences(topics=("keyword:摆渡",)))
    assert "老渡口恢复摆渡" in letters(works, NOW)["a"]
    subscribe(works, Preferences(cadence="weekly", weekday=0))
    publish(works, 20, "白鹭湖水质达到二类")
    assert letters(works, NOW) == {}
    subscribe(works, Preferences(form="headlines"))
    text = letters(works, NOW)["a"]
    assert "白鹭湖水质达到二类" in text
    assert "老渡口" not in text


def test_an_archive_is_no_news_and_waits_for_nobody(works: Works) -> None:
    subscribe(works, Preferences())
    for day in (5, 6, 7):
        publish(works, day, f"第{day}号渡船下水")
    assert letters(works, NOW) == {}
    publish(works, 20, "白鹭湖水质达到二类")
    text = letters(works, NOW)["a"]
    assert "白鹭湖水质达到二类" in text
    assert "渡船下水" not in text


def test_after_a_long_downtime_what_is_old_is_left_out(works: Works) -> None:
    subscribe(works, Preferences(cadence="daily"))
    publish(works, 20, "白鹭湖水质达到二类")
    pipeline.compose(works, NOW)
    assert letters(works, MORNING + 9 * DAY) == {}


def test_one_letter_is_made_for_all_who_get_the_same_whenever_they_get_it(works: Works) -> None:
    for name, at in (("a", None), ("b", None), ("c", time(18, 0))):
        subscribe(works, Preferences(cadence="daily", send_at=at), name)
    publish(works, 20, "白鹭湖水质达到二类")
    pipeline.compose(works, NOW)
    assert pipeline.compose(works, NOW + 6 * HOUR) == 1
    assert pipeline.compose(works, MORNING) == 0
    assert pipeline.deliver(works, MORNING) == 3


def test_a_letter_made_again_after_a_crash_goes_to_those_who_have_none(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, form in (("a", "full"), ("b", "headlines")):
        subscribe(works, Preferences(form=form), name)
    publish(works, 20, "白鹭湖水质达到二类")
    queue, calls = digests.queue, iter(range(9))

    def dying(*given: object, **named: object) -> None:
        if next(calls) == 1:
            raise OSError("killed")
        queue(*given, **named)

    monkeypatch.setattr(digests, "queue", dying)
    with pytest.raises(OSError, match="killed"):
        pipeline.compose(works, NOW)
    assert pipeline.compose(works, NOW) == 1
    assert pipeline.deliver(works, NOW) == 2


def test_a_correction_is_told_to_those_who_were_sent_the_article(works: Works) -> None:
    subscribe(works, Preferences(), "old")
    publish(works, 18, "老渡口恢复摆渡")
    assert list(letters(works, NOW)) == ["old"]
    subscribe(works, Preferences(), "middle")
    publish(works, 19, "镇图书馆添书三千册")
    assert letters(works, NOW).keys() == {"old", "middle"}
    subscribe(works, Preferences(), "new")
    drop(works, "again.md", issue(18, "老渡口恢复摆渡").replace("一百二十万元", "一百三十万元"))
    drop(works, "later.md", issue(19, "镇图书馆添书三千册").replace("一百二十万元", "一百三十万元"))
    publish(works, 20, "白鹭湖水质达到二类")
    found = letters(works, NOW)
    assert {name: ("摆渡" in text, "图书馆" in text) for name, text in found.items()} == {
        "old": (True, True),
        "middle": (False, True),
        "new": (False, False),
    }
    assert letters(works, NOW + HOUR) == {}
