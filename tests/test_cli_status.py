"""`digest status`: one screen, what is not well first; the exit code says whether all is well."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from digest import cli, config
from digest.cli.caller import now
from digest.store import alarms, database
from tests.works import FIRST, opened


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose inbox holds an issue and a file that is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("inbox:\n  settle: 0\n", encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.md").write_text(FIRST, encoding="utf-8")
    return tmp_path


def digest(*arguments: str, lang: str = "zh_CN.UTF-8") -> int:
    return cli.run(arguments, {"LANG": lang})


def test_a_service_that_is_well_says_so_and_how_much_of_everything_there_is(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert digest("once") == 0
    capsys.readouterr()
    assert digest("status") == 0
    first, *screen = capsys.readouterr().out.splitlines()
    assert first == "一切正常。"
    said = {name: words for name, _, words in (line.partition("  ") for line in screen)}
    assert said["收件夹"].strip() == "空的"
    assert said["南浔渡口报"].strip().startswith("最近一期 88，")
    assert said["各期"].strip() == "已发布 1"
    assert said["服务"].strip() == "没有运行"


def test_what_is_not_well_is_said_first_with_what_to_do(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "inbox" / "b.md").write_bytes(b"\x00\x01" * 99)
    assert digest("once") == 0
    capsys.readouterr()
    for lang, name, todo in (("zh_CN.UTF-8", "“b.md”", "怎么办："), ("en_GB.UTF-8", "“b.md”", "What to do: ")):
        assert digest("status", lang=lang) == 1
        first, second, *_ = capsys.readouterr().out.splitlines()
        assert first.startswith("✗ ")
        assert name in first
        assert second.strip().startswith(todo)


def test_what_an_editor_holds_is_no_trouble_and_not_forgotten(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tomorrow = f"{now() + timedelta(days=2):%Y年%m月%d日}"
    (office / "inbox" / "a.md").write_text(FIRST.replace("2026年11月19日　星期四", tomorrow), encoding="utf-8")
    assert digest("once") == 0
    assert digest("hold", "88") == 0
    capsys.readouterr()
    assert digest("status") == 0
    assert "已暂缓：“a.md”（88）" in capsys.readouterr().out
    assert digest("approve", "88") == 0
    assert f"88 已批准，将于 {now() + timedelta(days=2):%Y-%m-%d} 06:00 发布。" in capsys.readouterr().out
    assert digest("status") == 0
    assert "已暂缓" not in capsys.readouterr().out


def test_before_the_first_start_the_first_step_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("status") == 1
    assert "请先运行 digest run" in capsys.readouterr().err


def test_a_file_that_waits_is_told_with_its_age(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("once") == 0
    (office / "inbox" / "late.md").write_text(FIRST, encoding="utf-8")
    (office / "inbox" / "late.md.part").write_text(FIRST, encoding="utf-8")
    capsys.readouterr()
    assert digest("status") == 0
    assert "等着 1 个文件，最早的“late.md”放了 0 分钟" in capsys.readouterr().out


def test_programs_get_it_as_json(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "inbox" / "b.md").write_bytes(b"\x00\x01" * 99)
    assert digest("once") == 0
    capsys.readouterr()
    assert digest("status", "--json") == 1
    record = json.loads(capsys.readouterr().out)
    (trouble,) = record["troubles"]
    assert (record["well"], record["running"], trouble["key"]) == (False, False, "rejected:paper/b.md")
    assert "b.md" in trouble["what"]
    assert record["work"]["issue"] == {"published": 1}
    assert record["papers"][0]["last"]["number"] == 88
    assert record["versions"]["schema"] == database.schemas()[-1]


def test_what_only_the_running_service_knows_is_found_among_its_alarms(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(config.load(office / "config.yaml")) as works:
        with database.writing(works.engine) as store:
            alarms.raise_(store, "failing:deliver", {"step": "deliver", "detail": "no route"}, now())
        assert digest("status") == 1
        assert "no route" in capsys.readouterr().out.splitlines()[0]
    assert digest("status") == 0


def test_one_pass_by_cron_tells_the_operator_too(office: Path) -> None:
    (office / "config.yaml").write_text("inbox: {settle: 0}\nmail: {operator: o@paper.example}\n", encoding="utf-8")
    (office / "inbox" / "b.md").write_bytes(b"\x00\x01" * 99)
    for _ in range(2):
        assert digest("once") == 0
    (letter,) = [path for path in (office / "data/outbox").glob("*.eml") if b"o@paper.example" in path.read_bytes()]
    assert ".alarm@" in letter.name
