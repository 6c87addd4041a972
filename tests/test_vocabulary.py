"""What the newsroom saves matters at once, and nothing is built before it is needed."""

from pathlib import Path

from digest.analysis.lexicon import Learned, Lexicon, shipped
from digest.vocabulary import Vocabulary
from digest.wordfiles import OwnWords


def nothing(_slug: str, known: Learned) -> Learned:
    return known


def test_a_changed_file_gives_another_lexicon_and_an_unchanged_one_the_same(tmp_path: Path) -> None:
    vocabulary = Vocabulary(tmp_path, lambda own: Lexicon.build(shipped(), own), nothing)
    before = vocabulary.lexicon("a")
    assert not vocabulary.refresh()
    assert vocabulary.lexicon("a") == before
    (tmp_path / "words.txt").write_text("柳浪闻莺步道\n", encoding="utf-8")
    assert vocabulary.lexicon("a") == before
    assert vocabulary.refresh()
    assert "柳浪闻莺步道" in vocabulary.lexicon("a").cut("环湖的柳浪闻莺步道开放")
    assert "柳浪闻莺步道" not in before.cut("环湖的柳浪闻莺步道开放")


def test_faults_are_known_without_a_lexicon(tmp_path: Path) -> None:
    def build(own: OwnWords) -> Lexicon:
        raise AssertionError(own)

    (tmp_path / "names.txt").write_text("江未晞 x y\n", encoding="utf-8")
    assert [fault.facts["line"] for fault in Vocabulary(tmp_path, build, nothing).faults] == [1]


def test_each_paper_learns_from_its_own_archive_and_only_what_is_new(tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def learn(slug: str, known: Learned) -> Learned:
        asked.append((slug, known.version))
        return Learned(7, 200, {"渡口": 90}) if slug == "a" else known

    vocabulary = Vocabulary(tmp_path, lambda own: Lexicon.build(shipped(), own), learn)
    assert vocabulary.lexicon("a").idf("渡口") < vocabulary.lexicon("b").idf("渡口")
    assert vocabulary.lexicon("a").learned.version == 7
    assert asked == [("a", 0), ("b", 0), ("a", 7)]
