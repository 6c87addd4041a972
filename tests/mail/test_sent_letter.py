"""What the service itself sends keeps every row of mail.md section 1: its headers are wired as the settings say."""

from pathlib import Path

from digest import pipeline, settings
from tests.mail.checker import Wanted, faults
from tests.works import FIRST, NOW, drop, opened, settings_in, subscribe

IDENTITY = "南浔渡口报社 · 渡口路1号 · letters@paper.example"


def test_a_letter_goes_out_as_it_should(tmp_path: Path) -> None:
    mail = settings.Mail(
        sender="digest@paper.example",
        reply_to="letters@paper.example",
        postal_identity=IDENTITY,
        bounces=settings.Bounces(address="bounce+{token}@paper.example"),
    )
    with opened(settings_in(tmp_path, mail=mail)) as works:
        subscribe(works.engine, "reader@home.example", "paper", "issue", NOW)
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        pipeline.compose(works, NOW)
        pipeline.deliver(works, NOW)
        (letter,) = works.settings.outbox.glob("*.eml")
        wanted = Wanted(
            kind="letter",
            recipient="reader@home.example",
            identity=IDENTITY,
            why="因为这个邮箱订阅了《南浔渡口报》简报",
            browser="https://paper.example/2026/11/19/",
            titles=("老渡口恢复摆渡", "镇图书馆新添三千册书"),
            reply_to=True,
        )
        content = letter.read_bytes()
        assert faults(content, wanted) == []
        assert b"Reply-To: letters@paper.example" in content.split(b"\r\n")
        assert b", <mailto:bounce+unsubscribe@paper.example?subject=unsubscribe%20" in content
