"""A message to a bot: in its own form, taken or refused, and its address told to nobody."""

import json

import pytest

from digest import webhook
from digest.errors import DigestError
from tests.posts import taker


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", {"msgtype": "text", "text": {"content": "报没来"}}),
        ("https://oapi.dingtalk.com/robot/send?access_token=k", {"msgtype": "text", "text": {"content": "报没来"}}),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/k", {"msg_type": "text", "content": {"text": "报没来"}}),
        ("https://hooks.slack.com/services/k", {"text": "报没来"}),
        ("https://office.example/alarms", {"text": "报没来"}),
    ],
)
def test_each_service_gets_the_form_that_it_wants(url: str, body: dict[str, object]) -> None:
    assert json.loads(webhook.payload(url, "报没来")) == body


def test_a_message_is_short_enough_for_the_strictest() -> None:
    body = webhook.payload("https://qyapi.weixin.qq.com/x", "报" * 5000)
    assert len(json.loads(body)["text"]["content"].encode()) <= 2048


def test_what_is_taken_is_taken_once() -> None:
    with taker() as program:
        webhook.post(program.url, "报没来")
        assert program.taken == [{"text": "报没来"}]


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (500, b"", "HTTP 500"),
        (302, b"", "HTTP 302"),
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "93000 invalid webhook url"),
        (200, b'{"code": 19021, "msg": "sign match fail"}', "19021 sign match fail"),
    ],
)
def test_a_refusal_is_told_without_the_address(status: int, answer: bytes, reason: str) -> None:
    with taker() as program:
        program.status, program.answer = status, answer
        with pytest.raises(DigestError) as refusal:
            webhook.post(program.url, "报没来")
    assert refusal.value.facts == {"host": "127.0.0.1", "reason": reason}


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/?key=hush", "http://127.0.0.1:1/ hush", "http://[::1/hush"])
def test_what_cannot_be_reached_tells_no_key(url: str) -> None:
    with pytest.raises(DigestError) as refusal:
        webhook.post(url, "报没来")
    assert "hush" not in str(refusal.value.facts)
