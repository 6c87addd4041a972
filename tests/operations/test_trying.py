"""A test letter is a letter that leaves no trace but in the mailbox."""

import email
from email import policy
from pathlib import Path

import pytest

from digest import operations, pipeline
from digest.errors import DigestError
from digest.model import Message
from tests.test_sending import Scripted, through
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, standing, subscribe


def test_it_is_the_newest_letter_but_for_its_mark_and_links_and_counts_nowhere(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        paper = works.settings.publications[0]
        with pytest.raises(DigestError) as nothing:
            operations.send_test(works, paper, "chief@paper.example", NOW)
        assert nothing.value.code == "error.nothing_published"
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        drop(works, "b.md", SECOND)
        pipeline.publish(works, NOW)

        channel = Scripted()
        subject = operations.send_test(through(works, channel), paper, "chief@paper.example", NOW)
        assert dict(standing(works, NOW).work["delivery"]) == {}
        pipeline.compose(works, NOW)
        pipeline.deliver(through(works, channel), NOW)

    def shared(message: Message) -> str:
        return message.text.partition("https://service.example/")[0]

    test, real = channel.taken
    assert (test.recipient, test.subject, subject) == ("chief@paper.example", f"[测试] {real.subject}", test.subject)
    assert shared(test) == shared(real)
    assert test.headers.keys() == real.headers.keys()
    assert test.message_id != real.message_id


def test_it_goes_by_the_configured_channel(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        operations.send_test(works, works.settings.publications[0], "chief@paper.example", NOW)
        (path,) = works.settings.outbox.glob("*.eml")
    assert email.message_from_bytes(path.read_bytes(), policy=policy.default)["to"] == "chief@paper.example"
