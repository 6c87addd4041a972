"""An address is kept as any mail server takes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest import pipeline, subscriptions
from digest.errors import DigestError
from digest.settings import Publication
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def test_a_domain_may_be_typed_in_any_script(works: Works) -> None:
    kept = subscriptions.add(works, Publication(), " reader@例子.cn ", "issue", NOW)
    assert kept == "reader@xn--fsqu00a.cn"
    assert subscriptions.add(works, Publication(), kept, "issue", NOW) == kept
    assert [one.email for one in subscriptions.listed(works.engine)] == [kept]
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    assert pipeline.deliver(works, NOW) == 1
    (letter,) = works.settings.outbox.glob("*.eml")
    assert f"To: {kept}" in letter.read_text("ascii").splitlines()
    assert subscriptions.unsubscribe(works.engine, "READER@例子.cn", "paper", NOW)


def test_what_stands_before_the_at_must_be_ascii(works: Works) -> None:
    with pytest.raises(DigestError) as refusal:
        subscriptions.add(works, Publication(), "读者@example.org", "issue", NOW)
    assert refusal.value.code == "error.address"
