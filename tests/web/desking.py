"""Somebody at the desk of a service: logged in, with the mark that their forms bear."""

import re

from starlette.testclient import TestClient

from digest.operations.desk import password
from digest.works import Works

WORD = "渡口 白鹭 图书馆 三千册书"

SLOGAN = "天天读报，开卷有益"
GUESSED = f"{SLOGAN}\n\n欢迎投稿\n\n桂花开了\n\n今年的桂花比去年早开了一个星期，香飘十里，校园里到处都是"
"""A file that states no date, with a line that belongs to no article, and an article that seems to be cut off."""


def open_desk(works: Works) -> None:
    """Give the desk a password."""
    password.save(works.settings, WORD)


def log_in(client: TestClient, word: str = WORD) -> int:
    """Log in; return the status of the answer."""
    return client.post("/desk/login/", data={"password": word}, headers={"origin": str(client.base_url)}).status_code


def mark(client: TestClient) -> str:
    """Return the mark of the session's forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/desk/").text)
    assert found
    return found[1]


def press(client: TestClient, path: str, **fields: str) -> int:
    """Press a button of the desk; return the status of the answer."""
    sent = {"csrf": mark(client), **fields}
    return client.post(f"/desk/{path}", data=sent, headers={"origin": str(client.base_url)}).status_code
