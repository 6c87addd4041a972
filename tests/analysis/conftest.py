import pytest

from digest.analysis.lexicon import Lexicon, shipped


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The Lexicon as it ships."""
    return Lexicon.build(shipped())
