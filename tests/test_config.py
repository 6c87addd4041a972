"""What a person writes wrongly is told with its line and the likely key."""

from dataclasses import fields, is_dataclass
from datetime import time
from pathlib import Path

import pytest
import yaml

from digest import config
from digest.errors import ConfigError
from digest.messages import Messages
from digest.settings import Publication, Settings

SHIPPED = Path(__file__).parent.parent / "config.yaml"


def load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def refusal(tmp_path: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as refused:
        load(tmp_path, text)
    for language in ("zh", "en"):
        assert Messages(language).of(refused.value.code, refused.value.facts)
    return refused.value


def test_the_shipped_file_says_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, SHIPPED.read_text("utf-8")) == load(tmp_path, "")


def test_the_shipped_file_has_every_key() -> None:
    def keys(part: object) -> object:
        if isinstance(part, tuple):
            return [keys(one) for one in part]
        return {f.name: keys(getattr(part, f.name)) for f in fields(part)} if is_dataclass(part) else None

    def written(part: object) -> object:
        if isinstance(part, list):
            return [written(one) for one in part]
        return {name: written(value) for name, value in part.items()} if isinstance(part, dict) else None

    every = keys(Settings())
    assert isinstance(every, dict)
    assert written(yaml.safe_load(SHIPPED.read_text("utf-8"))) == {key: every[key] for key in every if key != "root"}


def test_where_the_file_lies_is_no_key(tmp_path: Path) -> None:
    assert load(tmp_path, "").root == tmp_path.resolve()
    assert refusal(tmp_path, "language: zh\nroot: x\n").facts["line"] == 2


def test_every_key_of_the_shipped_file_is_explained() -> None:
    lines = SHIPPED.read_text("utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        top_level = line and not line.startswith((" ", "#"))
        assert (
            not top_level or before.startswith("#") or before.endswith("/") or before.partition(":")[0].endswith("_url")
        ), line


def test_paths_are_taken_from_the_files_folder(tmp_path: Path) -> None:
    settings = load(tmp_path, "data: d\ninbox:\n  folder: i\n")
    assert (settings.data, settings.inbox.folder) == (tmp_path / "d", tmp_path / "i")


def test_secrets_and_mailboxes_of_the_mail_lie_beside_the_file_too(tmp_path: Path) -> None:
    text = "mail:\n  bounces: {maildir: m, imap: {password_file: i}}\n  dkim: {domain: a.example, key_file: k}\n"
    assert load(tmp_path, "alarms: {webhook_file: w}").alarms.webhook_file == tmp_path / "w"
    mail = load(tmp_path, text).mail
    found = mail.bounces.maildir, mail.bounces.imap.password_file, mail.dkim.key_file
    assert found == (tmp_path / "m", tmp_path / "i", tmp_path / "k")


def test_addresses_end_in_a_slash(tmp_path: Path) -> None:
    assert load(tmp_path, "site_url: https://a.example/x").site_url == "https://a.example/x/"


def test_a_time_of_day_needs_no_quotes(tmp_path: Path) -> None:
    assert load(tmp_path, "mail:\n  send_at: 17:30\n").mail.send_at == time(17, 30)


def test_several_papers(tmp_path: Path) -> None:
    settings = load(tmp_path, "publications:\n  - slug: a\n  - slug: b\n    timezone: Europe/London\n")
    assert [one.slug for one in settings.publications] == ["a", "b"]
    assert settings.home(settings.publications[0]) == "a/"


def test_one_paper_has_no_folder_of_its_own() -> None:
    assert Settings().home(Publication()) == ""


def test_an_unknown_key_is_told_with_its_line_and_the_likely_one(tmp_path: Path) -> None:
    error = refusal(tmp_path, "language: zh\nmail:\n  sendat: 07:30\n")
    assert error.code == "error.config.unknown_key_likely"
    assert (error.facts["line"], error.facts["key"], error.facts["likely"]) == (3, "mail.sendat", "send_at")


def test_the_address_of_a_webhook_is_repeated_to_nobody(tmp_path: Path) -> None:
    assert "hush" not in str(refusal(tmp_path, "alarms:\n  webhook: office.example/send?key=hush\n").facts)


def test_a_secret_in_the_file_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "mail:\n  smtp:\n    password: hunter2\n")
    assert error.code == "error.config.literal_secret"
    assert "hunter2" not in str(error.facts)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [", "error.config.yaml", 1),
        ("xyzzy: 1", "error.config.unknown_key", 1),
        ("language: fr", "error.config.choice", 1),
        ("web:\n  port: abc", "error.config.value", 2),
        ("mail: 3", "error.config.value", 1),
        ("mail:\n  send_at: 2530", "error.config.time", 2),
        ("mail:\n  send_at: '25:30'", "error.config.value", 2),
        ("publications: []", "error.config.no_publication", 1),
        ("publications:\n  - slug: A B", "error.config.slug", 2),
        ("publications:\n  - slug: a\n  - slug: a", "error.config.slug", 3),
        ("publications:\n  - slug: a\n    timezone: Mars", "error.config.timezone", 3),
        ("publications:\n  - slug: a\n    send_at: 730", "error.config.time", 3),
        ("publications:\n  - slug: a\n    theme:\n      accent: red", "error.config.colour", 4),
        ("site_url: paper.example", "error.config.url", 1),
        ("publications:\n  - slug: done", "error.config.reserved", 2),
        ("publications:\n  - slug: a\n    editor: nobody", "error.config.address", 3),
        ("publications:\n  - title: !!int x", "error.config.yaml", 1),
        ("mail:\n  sender: 日报 <a@b.example>", "error.config.address", 2),
        ("mail:\n  operator: nobody", "error.config.address", 2),
        ("mail:\n  bounces:\n    address: bounce@b.example", "error.config.bounce_address", 3),
        ('mail:\n  bounces:\n    address: "{token}+{token}@b.example"', "error.config.bounce_address", 3),
        ('mail:\n  bounces:\n    address: "twenty-characters--x{token}@b.example"', "error.config.bounce_address", 3),
        ("mail:\n  dkim:\n    domain: b.example", "error.config.dkim", 3),
        ("authority: https://paper.example/", "error.config.authority", 1),
        ("authority: paper\x07.example", "error.config.yaml", 1),
        ("inbox:\n  scan_every: 0", "error.config.range", 2),
        ("inbox:\n  settle: -1", "error.config.range", 2),
        ("web:\n  port: 70000", "error.config.range", 2),
        ("web:\n  trusted_proxies: [10.0.0.1/8]", "error.config.network", 2),
        ("web:\n  metrics_from: [everybody]", "error.config.network", 2),
        ("publications:\n  - slug: a\n    expect: daily", "error.config.expect", 3),
        ("alarms:\n  webhook: office.example", "error.config.url", 2),
        ("subscribers:\n  mails_a_day: 4", "error.config.range", 2),
        ("language: zh\nlanguage: en", "error.config.twice", 2),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    error = refusal(tmp_path, text)
    assert (error.code, error.facts["line"]) == (code, line)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        config.load(tmp_path / "config.yaml")
    assert refused.value.code == "error.config.missing"


def test_a_secret_comes_from_the_environment() -> None:
    assert config.secret("SMTP_PASSWORD", None, {"SMTP_PASSWORD": "x"}) == "x"
    with pytest.raises(ConfigError) as refused:
        config.secret("SMTP_PASSWORD", None, {})
    assert refused.value.code == "error.config.no_variable"


def test_a_secret_comes_from_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("x\n")
    file.chmod(0o600)
    assert config.secret(None, file, {}) == "x"
    file.chmod(0o644)
    with pytest.raises(ConfigError) as refused:
        config.secret(None, file, {})
    assert refused.value.code == "error.config.open_secret"


def test_keywords_have_addresses_of_their_own(tmp_path: Path) -> None:
    assert load(tmp_path, "feeds:\n  keywords: [渡口, C++]\n").feeds.keywords == ("渡口", "C++")
    for wrong in ("[渡口, 渡口]", "[Lake, LAKE]", "['……']"):
        error = refusal(tmp_path, f"feeds:\n  keywords: {wrong}\n")
        assert (error.code, error.facts["line"]) == ("error.config.keyword", 2)


def test_a_hub_is_an_address(tmp_path: Path) -> None:
    assert load(tmp_path, "feeds:\n  hub: https://hub.example/\n").feeds.hub == "https://hub.example/"
    assert load(tmp_path, "feeds:\n  hub: https://hub.example:8443/?a=b\n").feeds.hub == "https://hub.example:8443/?a=b"
    for wrong in (
        "hub.example",
        "https://hub.example:99999/",
        "https://hub.example:x/",
        "https://:80/",
        "http://[::1/",
    ):
        assert refusal(tmp_path, f"feeds:\n  hub: '{wrong}'\n").facts["key"] == "feeds.hub"


def test_a_logo_is_a_picture_beside_the_settings(tmp_path: Path) -> None:
    named = "publications:\n  - theme:\n      logo: {}\n"
    (paper,) = load(tmp_path, named.format("own/Logo.PNG")).publications
    assert paper.theme.logo == tmp_path.resolve() / "own/Logo.PNG"
    refused = refusal(tmp_path, named.format("logo.pdf"))
    assert (refused.code, refused.facts["line"]) == ("error.config.logo", 3)
