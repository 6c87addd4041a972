"""What an editor hears of a new issue besides what it holds: whose it seems to be, and which letters leave it out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest import editing, pipeline, settings
from digest.errors import DigestError
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, subscribe

THIRD = "\n## 社区食堂开张\n\n本报讯（记者 沈归舟）社区食堂昨天开张，一顿午饭十二元，首日供餐四百份。\n"
UNDATED = FIRST.replace("2026年11月19日　星期四　第88期\n\n", "") + THIRD
SHORT = settings.Mail(too_late=48)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path, mail=SHORT)) as works:
        yield works


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, None), (3, "每期一封的邮件不再提它"), (9, "邮件简报不会提到这一期")],
    ids=["news", "late", "old"],
)
def test_a_receipt_says_which_letters_leave_an_old_issue_out(works: Works, days: int, said: str | None) -> None:
    for cadence in ("issue", "weekly"):
        subscribe(works.engine, f"{cadence}@example.org", "paper", cadence, NOW)
    now = NOW + timedelta(days=days)
    (outcome,) = drop(works, "a.md", FIRST, now)
    assert said in outcome.words if said else "邮件" not in outcome.words
    pipeline.publish(works, now)
    pipeline.compose(works, now)
    assert bool(pipeline.deliver(works, now)) == (days == 0)


def test_a_receipt_warns_of_a_masthead_that_is_another_papers(works: Works) -> None:
    assert "注意：报头" not in drop(works, "a.md", FIRST)[0].words
    misread = SECOND.replace("南浔渡口报", "南得渡口报")
    assert "注意：报头" not in drop(works, "b.md", misread)[0].words
    other = (
        SECOND.replace("南浔渡口报", "云汀日报")
        .replace("第89期", "第90期")
        .replace("11月20日　星期五", "11月21日　星期六")
    )
    (outcome,) = drop(works, "c.md", other)
    assert outcome.kind == "taken"
    assert "报头印的是“云汀日报”" in outcome.words
    assert "渡口报”" in outcome.words


def test_an_undated_file_corrects_the_issue_that_it_is_beyond_doubt(works: Works) -> None:
    drop(works, "undated.md", UNDATED)
    assert drop(works, "undated.md", UNDATED.replace("三百", "四百"))[0].kind == "corrected"
    half = UNDATED.replace(THIRD, "")
    assert drop(works, "undated.md", half)[0].kind == "taken"


def test_who_holds_too_late_hears_how_many_letters_are_out(works: Works) -> None:
    for name in "abc":
        subscribe(works.engine, f"{name}@example.org", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    for sent, waiting in ((0, 3), (3, 0)):
        with pytest.raises(DigestError) as refusal:
            editing.hold(works, "paper", "88", NOW)
        assert refusal.value.facts == {"issue": "88", "sent": sent, "waiting": waiting}
        pipeline.deliver(works, NOW)


def test_a_hold_of_what_is_due_is_not_certain(works: Works) -> None:
    drop(works, "a.md", FIRST)
    assert not editing.hold(works, "paper", "88", NOW)
    drop(works, "b.md", SECOND.replace("11月20日　星期五", "11月28日　星期六"))
    assert editing.hold(works, "paper", "89", NOW)
    assert not pipeline.publish(works, NOW + timedelta(days=30))
