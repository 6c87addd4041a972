"""Whatever bytes a name is made of, its file is taken, shown harmlessly, and kept under a name that fits."""

import os
import tempfile
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from digest.inbox import Inbox, names
from digest.settings import Inbox as Settings
from tests.drops import Clock, settled

NAMES = (
    st.binary(min_size=1, max_size=255)
    | st.text(min_size=1, max_size=255).map(lambda text: text.encode("utf-8", "replace"))
).map(lambda name: os.fsdecode(name.replace(b"/", b"").replace(b"\0", b"")))


@given(NAMES)
def test_any_name_is_taken_shown_and_kept(name: str) -> None:
    assume(0 < len(os.fsencode(name)) <= 255 and not names.is_left_alone(name) and not names.is_sidecar(name))
    assume(name not in {"done", "rejected"})
    with tempfile.TemporaryDirectory() as place:
        clock = Clock()
        inbox = Inbox(Settings(folder=Path(place)), ("paper",), clock)
        for content in (b"1", b"2"):
            (Path(place) / name).write_bytes(content)
            (claim,) = settled(inbox, clock)
            assert claim.name.isprintable()
            assert claim.name.encode().decode() == claim.name
            where = inbox.reject(claim, "why")
            assert where.read_bytes() == content
            assert where.with_name(where.name + ".reason.txt").read_text() == "why"
        assert len(list((Path(place) / "rejected").iterdir())) == 4
