"""The desk lets in who knows the password, keeps out who guesses, and changes nothing that its own page did not send."""

from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from digest import cli, web
from digest.errors import DigestError
from digest.operations.desk import password, sessions
from digest.settings import Web
from digest.store import database
from digest.store.desk import sessions as store_sessions
from digest.works import Works
from tests.web.conftest import Clock, rows
from tests.web.desking import WORD, log_in, mark, open_desk, press
from tests.works import opened, settings_in

ORIGIN = {"origin": "https://service.example"}


_N = password._COST["n"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(password._COST, "n", 16)


@pytest.fixture
def guest(office: Works, visitor: TestClient) -> TestClient:
    """Return a client of a service whose desk has a password."""
    open_desk(office)
    return visitor


def test_without_a_password_nobody_finds_a_desk(visitor: TestClient) -> None:
    for path in ("/desk/", "/desk/login/", "/desk/issues/"):
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert "<html" not in answer.text
    assert log_in(visitor, "") == 404


def test_who_sits_at_the_machine_is_told_how_to_set_one(office: Works, clock: Clock) -> None:
    with TestClient(web.build(office, clock), base_url="http://localhost", client=("127.0.0.1", 50000)) as client:
        answer = client.get("/desk/")
    assert answer.status_code == 404
    assert "digest password" in answer.text


def test_who_knows_the_password_comes_in_and_others_do_not(guest: TestClient) -> None:
    assert guest.get("/desk/").headers["location"] == "./login/"
    assert log_in(guest, "not the password") == 403
    assert guest.get("/desk/").status_code == 303
    assert log_in(guest) == 303
    assert guest.get("/desk/").status_code == 200


def test_who_was_sent_to_the_login_goes_on_to_where_they_wanted_and_nowhere_else(guest: TestClient) -> None:
    sent = guest.get("/desk/issues/7/")
    assert sent.headers["location"] == "../../login/?next=issues/7/"
    for target in ("https://evil.example/", "//evil.example/", "../../", "issues/7/?done=approve"):
        fields = {"password": WORD, "next": target}
        assert guest.post("/desk/login/", data=fields, headers=ORIGIN).headers["location"] == "../"


def test_the_cookie_is_for_this_host_alone_and_for_no_script(guest: TestClient) -> None:
    answer = guest.post("/desk/login/", data={"password": WORD}, headers=ORIGIN)
    name, _, attributes = answer.headers["set-cookie"].partition("=")
    assert name == "__Host-desk"
    for each in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert each in attributes
    assert "Domain" not in attributes


def test_a_session_ends_by_logging_out_by_time_and_with_its_password(
    guest: TestClient, office: Works, clock: Clock
) -> None:
    log_in(guest)
    stolen = guest.cookies["__Host-desk"]
    assert press(guest, "logout/") == 303
    assert not sessions.is_in(office, stolen, clock.now)
    log_in(guest)
    clock.forward(hours=12, seconds=1)
    assert guest.get("/desk/").status_code == 303
    log_in(guest)
    password.save(office.settings, "ein anderes Wort als vorher")
    assert guest.get("/desk/").status_code == 303


def test_a_session_outlives_a_restart_and_none_is_taken_over(office: Works, guest: TestClient, clock: Clock) -> None:
    guest.cookies.set("__Host-desk", "chosen-by-another", domain="service.example")
    log_in(guest)
    token = next(cookie.value for cookie in guest.cookies.jar if cookie.value != "chosen-by-another")
    assert token
    with TestClient(web.build(office, clock), base_url="https://service.example", follow_redirects=False) as again:
        again.cookies.set("__Host-desk", token)
        assert again.get("/desk/").status_code == 200
        log_in(again)
    assert not sessions.is_in(office, token, clock.now)


def test_what_is_kept_and_what_is_logged_opens_nothing(
    office: Works, guest: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    log_in(guest)
    token = guest.cookies["__Host-desk"]
    kept = repr(rows(office)) + (office.settings.data / "keys" / "desk.password").read_text()
    logged = "".join(capsys.readouterr())
    assert "login" in logged
    for secret in (token, WORD, WORD.split()[0]):
        assert secret not in kept
        assert secret not in logged
    assert (office.settings.data / "keys" / "desk.password").stat().st_mode & 0o777 == 0o600


def test_who_guesses_waits_longer_and_longer_also_after_a_restart(
    office: Works, guest: TestClient, clock: Clock
) -> None:
    assert [log_in(guest, "wrong wrong wrong") for _ in range(6)] == [403] * 5 + [429]
    assert log_in(guest) == 429  # the right one does not help who has to wait
    clock.forward(minutes=1, seconds=1)
    assert log_in(guest, "wrong wrong wrong") == 403
    clock.forward(minutes=1, seconds=1)
    with TestClient(web.build(office, clock), base_url="https://service.example", follow_redirects=False) as again:
        answer = again.post("/desk/login/", data={"password": WORD}, headers=ORIGIN)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    clock.forward(minutes=1)
    assert log_in(guest) == 303
    assert log_in(guest, "wrong wrong wrong") == 403  # who has come in begins anew


def test_many_who_guess_do_not_keep_out_who_comes_from_where_they_always_do(office: Works, clock: Clock) -> None:
    open_desk(office)
    assert isinstance(sessions.log_in(office, WORD, "192.0.2.0/24", clock.now), str)
    with database.writing(office.engine) as store:
        for n in range(sessions.FREE_IN_ALL):
            store_sessions.try_(store, f"203.0.{n}.0/24", clock.now)
    assert isinstance(sessions.log_in(office, WORD, "198.51.100.0/24", clock.now), timedelta)
    assert isinstance(sessions.log_in(office, WORD, "192.0.2.0/24", clock.now), str)
    clock.forward(seconds=31)
    assert isinstance(sessions.log_in(office, WORD, "198.51.100.0/24", clock.now), str)


@pytest.mark.parametrize("proxies", [("127.0.0.1/32",), ()])
def test_who_waits_is_told_by_our_own_proxy_and_by_nobody_else(
    tmp_path: Path, clock: Clock, proxies: tuple[str, ...]
) -> None:
    settings = settings_in(tmp_path, web=Web(trusted_proxies=proxies))
    with opened(settings) as works:
        open_desk(works)
        with TestClient(web.build(works, clock), client=("127.0.0.1", 50000), follow_redirects=False) as client:

            def guess(network: int) -> int:
                told = {"origin": "http://testserver", "x-forwarded-for": f"203.0.{network}.7"}
                return client.post("/desk/login/", data={"password": "wrong wrong"}, headers=told).status_code

            same = [guess(1) for _ in range(sessions.FREE + 1)]
            other = guess(2)
    assert same[-1] == 429
    assert other == (403 if proxies else 429)


def test_a_clock_that_was_wrong_keeps_nobody_out(office: Works, clock: Clock) -> None:
    open_desk(office)
    clock.forward(days=4000)
    with database.writing(office.engine) as store:
        for _ in range(sessions.FREE + 3):
            store_sessions.try_(store, "192.0.2.0/24", clock.now)
    clock.forward(days=-4000)
    assert isinstance(sessions.log_in(office, WORD, "192.0.2.0/24", clock.now), str)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://service.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://service.example", "sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_not_taken(guest: TestClient, office: Works, headers: dict[str, str]) -> None:
    assert guest.post("/desk/login/", data={"password": WORD}, headers=headers).status_code == 403
    log_in(guest)
    genuine = mark(guest)
    before = rows(office)
    assert guest.post("/desk/logout/", data={"csrf": genuine}, headers=headers).status_code == 403
    assert rows(office) == before


@pytest.mark.parametrize("forged", ["", "0" * 64, "é"])
def test_a_form_without_the_sessions_mark_is_not_taken(guest: TestClient, office: Works, forged: str) -> None:
    log_in(guest)
    before = rows(office)
    assert guest.post("/desk/logout/", data={"csrf": forged}, headers=ORIGIN).status_code == 403
    assert rows(office) == before


def test_the_desk_is_kept_by_nobody_shown_in_nothing_and_found_by_no_search_engine(guest: TestClient) -> None:
    log_in(guest)
    for path in ("/desk/", "/desk/login/", "/desk"):
        answer = guest.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "script-src" not in answer.headers["content-security-policy"]


def test_it_speaks_the_language_that_is_asked_for(guest: TestClient) -> None:
    assert "编辑室" in guest.get("/desk/login/").text
    assert "The desk" in guest.get("/desk/login/?lang=en").text
    assert "The desk" in guest.get("/desk/login/").text
    assert "编辑室" in guest.get("/desk/login/?lang=zh").text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "news.example"])
def test_the_service_listens_to_others_only_with_a_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    (tmp_path / "config.yaml").write_text(f'web:\n  host: "{host}"\n')
    for language in ("zh", "en"):
        assert cli.run(["--lang", language, "run", "--config", str(tmp_path / "config.yaml")], {}) == 1
    assert capsys.readouterr().err.count("digest password") == 2
    settings = settings_in(tmp_path, web=Web(host=host))
    with pytest.raises(DigestError) as raised:
        password.expect_where_open(settings)
    assert raised.value.code == "error.open_desk"
    with opened(settings):
        password.save(settings, WORD)
    password.expect_where_open(settings)


def test_a_guess_costs_what_it_should() -> None:
    cost = {**password._COST, "n": _N}
    assert cost["n"] * cost["r"] * 128 >= 32 * 2**20
    assert cost["n"] * cost["p"] >= 3 * 2**15  # OWASP, Password Storage Cheat Sheet


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_for_this_machine_alone_it_needs_none(tmp_path: Path, host: str) -> None:
    password.expect_where_open(settings_in(tmp_path, web=Web(host=host)))


def test_a_password_is_set_by_command_and_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    (tmp_path / "config.yaml").write_text("language: zh\n")
    command = ["password", "--config", str(tmp_path / "config.yaml")]
    for typed, done in (("short\n", 1), (f"{WORD}\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert cli.run(command, {}) == done
    assert WORD not in "".join(capsys.readouterr())
    settings = settings_in(tmp_path)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (settings.data, *settings.data.rglob("*"))}
    assert modes == {"data": 0o750, "keys": 0o700, "desk.password": 0o600}
    assert password.is_right(settings, WORD)
    assert not password.is_right(settings, f"{WORD} ")
    assert cli.run([*command, "--remove"], {}) == 0
    assert not password.is_right(settings, WORD)
    assert not password.is_right(settings, "")
    assert cli.run([*command, "--remove"], {}) == 1


def test_who_types_it_types_it_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text("language: zh\n")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    typed = iter([WORD, f"{WORD}!"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(typed))
    assert cli.run(["password", "--config", str(tmp_path / "config.yaml")], {}) == 1
    assert "不一样" in capsys.readouterr().err
    assert password.mark(settings_in(tmp_path)) is None
