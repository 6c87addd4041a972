"""The commands as people type them, in their language, with exit codes that scripts can trust."""

import json
import re
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import pytest

from digest import cli
from digest.text import has_han
from tests.works import FIRST


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config.yaml in it, in which the commands are run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("inbox:\n  settle: 0\n", encoding="utf-8")
    (tmp_path / "issue.md").write_text(FIRST, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path


def digest(*arguments: str, lang: str = "zh_CN.UTF-8") -> int:
    return cli.run(arguments, {"LANG": lang})


def test_parse_prints_one_record_a_file(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("parse", "--json", "issue.md", "issue.md") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["source"] for record in records] == ["issue.md", "issue.md"]
    assert [article["headline"] for article in records[0]["articles"]] == ["老渡口恢复摆渡", "镇图书馆新添三千册书"]
    assert all(article["keywords"] and article["summary"] for article in records[0]["articles"])


def test_parse_needs_no_configuration_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(FIRST, encoding="utf-8")
    assert digest("parse", "a.md") == 0
    assert "老渡口恢复摆渡" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_parse_says_the_same_with_options_before_it(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for command in (("parse",), ("--lang", "zh", "parse")):
        assert digest(*command, "issue.md") == 0
        assert digest(*command, "--json", "issue.md", "empty.txt") == 1
        said.append(capsys.readouterr())
    assert said[0] == said[1]


def test_parse_loads_no_library_that_it_does_not_use(office: Path) -> None:
    heavy = {
        "typer",
        "rich",
        "pydantic",
        "yaml",
        "babel",
        "jieba",
        "jinja2",
        "sqlalchemy",
        "apscheduler",
        "lxml",
        "PIL",
    }
    program = (
        "import sys; from digest import cli; cli.run(['parse', 'issue.md'], {});"
        f"print(*{heavy}.intersection(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "老渡口恢复摆渡" in done.stdout
    assert done.stderr.split() == []


def test_parse_keeps_what_it_prepares_in_the_callers_cache(
    office: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path_factory.mktemp("home")
    said = []
    for environment in ({}, {"HOME": str(home)}, {"HOME": str(home)}, {"XDG_CACHE_HOME": str(home / "other")}):
        assert cli.run(["parse", "--json", "issue.md"], environment) == 0
        said.append(capsys.readouterr().out)
    assert len(set(said)) == 1
    assert {str(path.relative_to(home)) for path in home.rglob("*.sorted")} == {
        f"{folder}/digest/{name}.sorted" for folder in (".cache", "other") for name in ("idf", "guesses")
    }


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("--version") == 0
    assert capsys.readouterr().out == f"digest {version('digest')}\n"


def test_a_refused_file_is_told_and_the_others_are_printed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("parse", "--json", "empty.txt", "missing.txt", "issue.md") == 1
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert [line.partition(":")[0] for line in printed.err.splitlines()] == ["empty.txt", "missing.txt"]


def test_once_does_one_pass(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("subscribers", "add", "a@example.org", "--cadence", "issue") == 0
    (office / "inbox").mkdir(exist_ok=True)
    (office / "issue.md").rename(office / "inbox" / "issue.md")
    assert digest("once") == 0
    assert "老渡口恢复摆渡" in capsys.readouterr().out
    assert (office / "data" / "public" / "2026" / "11" / "19" / "1" / "index.html").exists()
    assert len(list((office / "data" / "outbox").glob("*.eml"))) == 1
    assert digest("status") == 0


def test_status_names_what_hangs_in_the_inbox(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = office / "inbox/.digest/claimed/paper/abc"
    assert digest("once") == 0
    home.mkdir(parents=True, exist_ok=True)
    (home / "hangs.md").write_text(FIRST, "utf-8")
    assert digest("status") == 0
    assert "hangs.md" in capsys.readouterr().out


def test_a_file_in_no_papers_folder_is_rejected_with_where_to_drop_it(office: Path) -> None:
    papers = "publications: [{slug: a}, {slug: b}]\ninbox: {settle: 0}\n"
    (office / "config.yaml").write_text(papers, encoding="utf-8")
    (office / "inbox" / "a").mkdir(parents=True)
    (office / "inbox" / "lost.md").write_text(FIRST, "utf-8")
    (office / "inbox" / "a" / "found.md").write_text(FIRST, "utf-8")
    assert digest("once") == 0
    assert "a, b" in (office / "inbox" / "rejected" / "lost.md.reason.txt").read_text("utf-8")
    assert list((office / "inbox" / "done").rglob("found.md"))
    assert digest("verify") == 0


def test_an_address_tells_which_paper_is_meant(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = "site_url: https://x.example/\npublications: [{slug: a}, {slug: b}]\ninbox: {settle: 0}\n"
    (office / "config.yaml").write_text(papers, encoding="utf-8")
    (office / "inbox" / "b").mkdir(parents=True)
    (office / "issue.md").rename(office / "inbox" / "b" / "issue.md")
    assert digest("once") == 0
    assert digest("retract", "https://x.example/b/2026/11/19/1/") == 0
    assert digest("hold", "88") == 1
    assert digest("hold", "88", "--paper", "c") == 1
    assert "a, b" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [("status",), ("verify",), ("deliveries",), ("subscribers", "list"), ("backup", "b.tar.gz")]
)
def test_what_only_looks_makes_no_data_folder(
    office: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert digest(*command) == 1
    assert str(office / "data") in capsys.readouterr().err
    assert not (office / "data").exists()


def test_the_first_subscriber_does_not_fix_the_authority(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("subscribers", "add", "a@example.org") == 0
    for authority, warned in (("one.example", False), ("two.example", True)):
        (office / "config.yaml").write_text(f"authority: {authority}\ninbox:\n  settle: 0\n", encoding="utf-8")
        assert digest("once") == 0
        assert ("one.example" in capsys.readouterr().err) is warned


def test_the_site_is_written_again_on_demand(office: Path) -> None:
    assert digest("once") == 0
    page = office / "data" / "public" / "archive" / "index.html"
    page.write_text("torn", encoding="utf-8")
    assert digest("publish") == 0
    assert "<html" in page.read_text("utf-8")


def test_what_the_system_refuses_is_told_in_one_line(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "data").write_text("a file where a folder should be", encoding="utf-8")
    assert digest("once") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(office / "data") in line


def test_what_is_no_database_is_told_in_one_line(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "data").mkdir()
    (office / "data" / "digest.db").write_text("no database at all, whatever its name says", encoding="utf-8")
    assert digest("status") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(office / "data" / "digest.db") in line


def test_a_port_that_is_taken_is_told_before_anything_starts(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        (office / "config.yaml").write_text(f"web:\n  port: {port}\n", encoding="utf-8")
        assert digest("run") == 1
    printed = capsys.readouterr()
    (line,) = printed.err.splitlines()
    assert (str(port) in line, printed.out) == (True, "")


def test_subscribers_are_added_listed_and_removed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("subscribers", "add", "reader@例子.广告") == 0
    assert digest("subscribers", "add", "b@example.org") == 0
    assert digest("subscribers", "remove", "B@EXAMPLE.ORG") == 0
    capsys.readouterr()
    assert digest("subscribers", "list") == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [(line[0], line[3]) for line in lines] == [
        ("b@example.org", "已退订"),
        ("reader@xn--fsqu00a.xn--4rr70v", "有效"),
    ]
    assert digest("subscribers", "remove", "b@example.org") == 1


def test_a_list_can_be_looked_at_without_consent_and_tells_what_is_wrong_first(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "list.csv").write_text("邮箱\na@example.org\nnobody\nb@example.org\n", encoding="utf-8")
    assert digest("subscribers", "import", "list.csv", "--dry-run") == 0
    assert "可以添加 2 个" in capsys.readouterr().out
    assert digest("subscribers", "import", "list.csv") == 1
    assert "--consent" in capsys.readouterr().err
    assert digest("subscribers", "import", "list.csv", "--consent", "读者大会签名册") == 0
    capsys.readouterr()
    assert digest("subscribers", "import", "list.csv", "--consent", "读者大会签名册") == 0
    printed = capsys.readouterr()
    assert printed.err.splitlines() == ["第 3 行 nobody：不是可用的邮箱地址"]
    assert printed.out.splitlines() == ["有 2 行的地址已经订阅。", "添加了 0 个订阅者，1 行没有添加。"]


@pytest.mark.parametrize(
    "address", ["a", "a@b@c", "a@x.org\nBcc: b@x.org", "a@x.org,b@x.org", "", "a@x", "=?utf-8?q?a?=@x"]
)
def test_what_is_no_address_is_refused(office: Path, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("subscribers", "add", address) == 1
    assert "邮箱" in capsys.readouterr().err


def test_preview_writes_all_and_changes_nothing(office: Path) -> None:
    assert digest("preview", "issue.md", "--out", "look") == 0
    written = {str(path.relative_to(office / "look")) for path in (office / "look").rglob("*") if path.is_file()}
    assert {
        "record.json",
        "letter.html",
        "letter.txt",
        "index.html",
        "feed.xml",
        "atom.xml",
        "feed.json",
        "2026/11/19/1/index.html",
    } <= written
    assert not (office / "data").exists()


def test_preview_has_a_page_for_each_section(office: Path) -> None:
    sections = FIRST.replace("## 老", "第1版　要闻\n\n## 老").replace("## 镇", "第2版　民生\n\n## 镇")
    (office / "sections.md").write_text(sections, "utf-8")
    assert digest("preview", "sections.md", "--out", "look") == 0
    for section, own, other in (("要闻", "老渡口", "镇图书馆"), ("民生", "镇图书馆", "老渡口")):
        page = (office / "look" / "section" / section / "index.html").read_text("utf-8")
        assert own in page
        assert other not in page
        assert f'href="/section/{quote(section)}/"' in (office / "look" / "index.html").read_text("utf-8")


def test_preview_takes_the_paper_that_is_named(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = "publications: [{slug: a, title: 甲报}, {slug: b, title: 乙报}]\n"
    (office / "config.yaml").write_text(papers, encoding="utf-8")
    assert digest("preview", "issue.md", "--paper", "b") == 0
    assert "乙报" in (office / "preview" / "index.html").read_text("utf-8")
    assert digest("preview", "issue.md") == 1
    assert "a, b" in capsys.readouterr().err


def test_a_wrong_setting_is_told_in_one_line(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "config.yaml").write_text("inbx: 1\n", encoding="utf-8")
    assert digest("once") == 1
    assert digest("once", lang="en_US.UTF-8") == 1
    zh, en = capsys.readouterr().err.splitlines()
    assert "第 1 行" in zh
    assert "line 1" in en
    assert "inbox" in zh


@pytest.mark.parametrize(("arguments", "word"), [(["--lang", "en"], "sample"), (["--lang=en"], "sample"), ([], "样报")])
def test_help_speaks_the_callers_language(arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest(*arguments, "--help") == 0
    assert word in capsys.readouterr().out


def test_nothing_of_a_help_is_in_another_language(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["--help"],
        ["preview", "--help"],
        ["subscribers"],
        ["subscribers", "add", "--help"],
        ["preview"],
    ):
        digest(*arguments)
        printed = "".join(capsys.readouterr())
        assert "用法：" in printed
        assert not re.search(
            "usage|options|arguments|commands|show|default:|required|error|try", printed, re.IGNORECASE
        )
    assert digest("preview", "--help", lang="en_US.UTF-8") == 0
    printed = capsys.readouterr().out
    assert "Usage: digest preview [OPTIONS] {file}" in printed
    assert "[default: preview]" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["publsh"], "没有 publsh 这个命令。是不是要写 publish？"),
        (["preview", "--nix"], "没有 --nix 这个选项。"),
        (["preview"], "少写了 file。"),
        (["bounces", "nix"], "多写了：nix"),
        (["demo", "--folder"], "选项 --folder 后面要写上值。"),
        (["status", "--json=1"], "选项 --json 后面不能带值。"),
        (["subscribers", "add", "a@b.example", "--cadence", "x"], "--cadence 的值不对："),
    ],
)
def test_what_was_typed_wrong_is_said_in_the_callers_language(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert digest(*arguments) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert "出错" in printed
    assert digest(*arguments, lang="en_US.UTF-8") == 2
    assert not has_han(capsys.readouterr().err)


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        "demo",
        "run",
        "once",
        "parse",
        "preview",
        "status",
        "verify",
        "deliveries",
        "backup",
        "restore",
        "subscribers add",
        "subscribers list",
        "subscribers remove",
    ):
        assert digest(*command.split(), "--help") == 0
        printed = capsys.readouterr().out
        assert "cli." not in printed


def test_an_unknown_command_is_an_error() -> None:
    assert digest("publsh") == 2


def test_the_demo_shows_site_feeds_and_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "demo"
    for _ in range(2):  # a second demo begins anew
        assert digest("demo", "--once", "--folder", str(folder)) == 0
        printed = capsys.readouterr().out
        assert "feed.xml" in printed
        *paths, last = printed.splitlines()
        assert "http" not in "".join(paths)  # nobody serves what is there
        assert f"digest run --config {folder / 'config.yaml'} " in last
        named = [Path(word) for word in re.split(r"[\s（]+", printed) if word.startswith(str(folder))]
        assert {path.suffix for path in named} >= {".eml", ".html"}
        assert all(path.exists() for path in named)


def test_the_demo_empties_no_folder_but_its_own(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("language: zh\n", encoding="utf-8")
    (tmp_path / "precious").write_text("x", encoding="utf-8")
    assert digest("demo", "--once", "--folder", str(tmp_path)) == 1
    assert (tmp_path / "precious").exists()
    assert (tmp_path / "config.yaml").read_text("utf-8") == "language: zh\n"


def test_parse_and_preview_take_the_words_that_lie_beside_the_settings(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def terms(record: str) -> list[str]:
        return [keyword["term"] for keyword in json.loads(record)["articles"][0]["keywords"]]

    (office / "words.txt").write_text("停航五年\n", encoding="utf-8")
    (office / "names.txt").write_text("一行 两个词\n", encoding="utf-8")
    assert digest("parse", "--json", "issue.md", lang="en") == 0
    printed = capsys.readouterr()
    assert "停航五年" in terms(printed.out)
    assert printed.err.startswith("names.txt, line 1: ")
    assert digest("preview", "issue.md") == 0
    assert "names.txt" in capsys.readouterr().err
    assert "停航五年" in (office / "preview" / "record.json").read_text("utf-8")
    (office / "config.yaml").unlink()
    assert digest("parse", "--json", "issue.md") == 0
    assert "停航五年" not in terms(capsys.readouterr().out)


def test_once_and_status_tell_what_of_the_words_cannot_be_used(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "words.txt").write_text("渡口 100\n", encoding="utf-8")
    assert digest("once") == 0
    assert "words.txt 第 1 行" in capsys.readouterr().err
    assert digest("status") == 0
    assert "words.txt 第 1 行" in capsys.readouterr().out


def test_explain_tells_of_every_article_of_a_file_or_of_one(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("explain", "issue.md") == 0
    whole = capsys.readouterr().out
    assert all(words in whole for words in ("1. 老渡口恢复摆渡", "2. 镇图书馆新添三千册书", "全文首句", "见于标题"))
    assert digest("explain", "issue.md", "--article", "2", lang="en") == 0
    one = capsys.readouterr().out
    assert "2. 镇图书馆新添三千册书" in one
    assert "老渡口恢复摆渡" not in one
    assert "in the headline" in one
    assert digest("explain", "issue.md", "-n", "9") == 1


def test_explain_takes_an_address_as_retract_does(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "inbox").mkdir()
    (office / "issue.md").rename(office / "inbox" / "issue.md")
    assert digest("once") == 0
    for address in ("2026/11/19/1", "http://127.0.0.1:8000/2026/11/19/1/"):
        capsys.readouterr()
        assert digest("explain", address) == 0
        assert "老渡口恢复摆渡" in capsys.readouterr().out
    for address in ("2026/11/19/7/", "2026/02/30/1/", "missing.md"):
        assert digest("explain", address) == 1


def test_preview_of_the_letter_writes_nothing_else(office: Path) -> None:
    assert digest("preview", "issue.md", "--letter") == 0
    assert sorted(path.name for path in (office / "preview").iterdir()) == ["letter.html", "letter.txt"]


def test_a_test_letter_goes_to_who_is_named(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "inbox").mkdir()
    (office / "inbox" / "issue.md").write_text(FIRST, encoding="utf-8")
    assert digest("once") == 0
    assert digest("send-test", "not an address") == 1
    assert digest("send-test", "chief@paper.example") == 0
    assert "[测试]" in capsys.readouterr().out
    assert len(list((office / "data" / "outbox").glob("test.*.eml"))) == 1
