"""A message to the office's webhook: a bot of WeCom, DingTalk, Feishu or Slack, or a program of one's own.

Each service wants its own JSON, and is known by its host; any other gets `{"text": …}`. A bot may answer 200 and refuse
all the same: then its answer bears a code that is not 0.
"""

import json
from collections.abc import Callable, Mapping

from digest import outgoing
from digest.errors import DigestError
from digest.text import clipped

TIMEOUT = 10.0
"""How many seconds a webhook may take to answer."""

MOST_CHARS = 600
"""How long a message may be: WeCom takes 2,048 bytes, and a Chinese character has three."""

Form = Callable[[str], dict[str, object]]


def _text(text: str) -> dict[str, object]:
    return {"text": text}


def _msgtype(text: str) -> dict[str, object]:
    return {"msgtype": "text", "text": {"content": text}}


def _msg_type(text: str) -> dict[str, object]:
    return {"msg_type": "text", "content": {"text": text}}


_FORMS: Mapping[str, Form] = {
    "qyapi.weixin.qq.com": _msgtype,
    "oapi.dingtalk.com": _msgtype,
    "open.feishu.cn": _msg_type,
    "open.larksuite.com": _msg_type,
}
"""How a message is written, by the host that takes it."""

_CODES = ("errcode", "code")
"""Where the answer of a bot says that it has refused: WeCom and DingTalk, Feishu."""


def payload(url: str, text: str) -> bytes:
    """Return a message as the host of `url` wants it, in UTF-8."""
    form = _FORMS.get(outgoing.host_of(url), _text)
    return json.dumps(form(clipped(text, MOST_CHARS)), ensure_ascii=False).encode()


def post(url: str, text: str) -> None:
    """Post a message once.

    Raises:
        DigestError: `error.webhook` with the host and why it was not taken; it is worth another try.
    """
    headers = {"Content-Type": "application/json; charset=utf-8"}
    host = outgoing.host_of(url)
    try:
        answer = outgoing.request("POST", url, payload(url, text), headers, timeout=TIMEOUT)
    except DigestError as error:
        raise DigestError("error.webhook", host=host, reason=str(error.facts["reason"])) from error
    refused = _refusal(answer.body)
    if not 200 <= answer.status < 300 or refused:
        raise DigestError("error.webhook", host=host, reason=refused or f"HTTP {answer.status}")


def _refusal(body: bytes) -> str | None:
    """Return the words of a bot that has refused; None where nothing says so."""
    try:
        said = json.loads(body)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    code = next((said[name] for name in _CODES if said.get(name)), None)
    return None if code is None else f"{code} {said.get('errmsg') or said.get('msg') or ''}".strip()
