"""Which stored article a new one is: what a correction keeps, changes, adds and withdraws."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import parsing, reading, revising
from digest.model import Article, Author, Issue, Keyword, Masthead, Picture, Source
from digest.revising import Known, Revision, match
from tests.builders import ARTICLES


def parsed(path: Path) -> tuple[Article, ...]:
    return parsing.parse(reading.read(Source(path.name, path.read_bytes()))).articles


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.*") if path.suffix in {".txt", ".md"})


SAMPLES = {path.name: parsed(path) for path in files(Path(str(resources.files("digest") / "samples")))}
REAL = files(Path(__file__).parent.parent.parent / "shared" / "issues")
ISSUES = [ARTICLES, *SAMPLES.values()]

fewer = settings(max_examples=60)


def known(articles: Sequence[Article]) -> list[Known]:
    return [Known(ordinal, article) for ordinal, article in enumerate(articles, start=1)]


def numbers(articles: Sequence[Article]) -> tuple[int, ...]:
    return tuple(range(1, len(articles) + 1))


def report(headline: str, *paragraphs: str) -> Article:
    return Article(headline=headline, paragraphs=paragraphs)


def misread(article: Article, one_in: int, chance: random.Random) -> Article:
    """Return the article with one character in `one_in` replaced, left out or doubled, as OCR does."""

    def noisy(text: str) -> str:
        characters = list(text)
        for at in chance.sample(range(len(characters)), len(characters) // one_in):
            characters[at] = chance.choice(
                [chance.choice("口日目曰己已巳未末土士人入八0Oo1lI"), "", characters[at] * 2]
            )
        return "".join(characters)

    return replace(
        article,
        headline=article.headline and noisy(article.headline),
        paragraphs=tuple(map(noisy, article.paragraphs)),
    )


class TestProperties:
    @pytest.mark.parametrize("articles", ISSUES)
    def test_an_issue_is_its_own_re_issue_and_nothing_changes(self, articles: tuple[Article, ...]) -> None:
        revision = match(articles, known(articles))
        assert revision == Revision(numbers(articles))
        assert revision.is_reissue
        assert not revision.withdraws_too_many

    @fewer
    @given(st.sampled_from(ISSUES), st.randoms(use_true_random=False))
    def test_any_order_keeps_every_ordinal(self, articles: tuple[Article, ...], chance: random.Random) -> None:
        order = chance.sample(range(len(articles)), len(articles))
        revision = match([articles[at] for at in order], known(articles))
        assert revision == Revision(tuple(at + 1 for at in order))

    @fewer
    @given(st.sampled_from(ISSUES), st.data())
    def test_what_is_removed_vanishes_and_nothing_else(
        self, articles: tuple[Article, ...], data: st.DataObject
    ) -> None:
        gone = data.draw(st.sets(st.integers(1, len(articles))))
        left = tuple(n for n in numbers(articles) if n not in gone)
        revision = match([articles[n - 1] for n in left], known(articles))
        assert revision == Revision(left, vanished=tuple(sorted(gone)))
        assert revision.is_reissue == bool(left)
        assert revision.withdraws_too_many == (len(gone) > len(articles) / 3)

    @fewer
    @given(st.permutations(ISSUES), st.data())
    def test_what_is_added_is_new(self, issues: list[tuple[Article, ...]], data: st.DataObject) -> None:
        stored, other = issues[:2]
        added = data.draw(st.lists(st.sampled_from(other), min_size=1, max_size=5, unique_by=id))
        revision = match([*added, *stored], known(stored))
        assert revision == Revision((None,) * len(added) + numbers(stored))

    @fewer
    @given(st.sampled_from(ISSUES), st.randoms(use_true_random=False))
    def test_what_was_misread_keeps_its_ordinal(self, articles: tuple[Article, ...], chance: random.Random) -> None:
        noisy = [misread(article, 20, chance) for article in articles]
        order = chance.sample(range(len(articles)), len(articles))
        revision = match([noisy[at] for at in order], known(articles))
        assert revision.ordinals == tuple(at + 1 for at in order)
        assert revision.changed == {at + 1 for at in order if noisy[at] != articles[at]}
        assert not revision.vanished

    @fewer
    @given(
        st.lists(st.sampled_from(ARTICLES[:4]), max_size=9),
        st.lists(st.sampled_from(ARTICLES[1:]), max_size=9),
        st.sets(st.integers(1, 9)),
    )
    def test_no_ordinal_is_given_twice_or_lost(
        self, articles: list[Article], stored: list[Article], withdrawn: set[int]
    ) -> None:
        all_known = [replace(one, withdrawn=one.ordinal in withdrawn) for one in known(stored)]
        revision = match(articles, all_known)
        kept = [ordinal for ordinal in revision.ordinals if ordinal]
        assert len(revision.ordinals) == len(articles)
        assert len(set(kept)) == len(kept)
        assert {*kept, *revision.vanished} | withdrawn >= {*numbers(stored)}
        assert not {*kept} & {*revision.vanished}
        assert revision.returned == {*kept} & withdrawn
        assert not revision.changed


class TestCorrections:
    def test_a_headline_and_a_figure_changed_an_article_removed_another_added(self) -> None:
        first, second, _, *rest = ARTICLES
        figure = replace(second, paragraphs=(second.paragraphs[0].replace("九成二", "九成四"), *second.paragraphs[1:]))
        added = report("渡口村办起第一所夜校", "渡口村夜校昨晚开课，头一堂讲的是怎样看水尺。")
        revision = match([replace(first, headline="白鹭湖的水清了"), added, figure, *rest], known(ARTICLES))
        assert revision == Revision((1, None, 2, 4, 5, 6), changed=frozenset({1, 2}), vanished=(3,))
        assert revision.is_reissue
        assert not revision.withdraws_too_many

    def test_another_place_and_page_is_no_change(self) -> None:
        moved = replace(ARTICLES[3], page=1, section="要闻", rank=1, confidence=0.5, keywords=(), summary=("新",))
        articles = [moved, *ARTICLES[:3], *ARTICLES[4:]]
        assert match(articles, known(ARTICLES)) == Revision((4, 1, 2, 3, 5, 6))

    @pytest.mark.parametrize(
        "change",
        [
            replace(ARTICLES[0], kind="comment"),
            replace(ARTICLES[0], label="特写"),
            replace(ARTICLES[0], kicker=None),
            replace(ARTICLES[0], headline="白鹭湖水质首次达到一类"),
            replace(ARTICLES[0], subheadline=None),
            replace(ARTICLES[0], lede="导语"),
            replace(ARTICLES[0], authors=(Author("记者", "林晓堂"),)),
            replace(ARTICLES[0], paragraphs=ARTICLES[0].paragraphs[:-1]),
            replace(ARTICLES[0], crossheads=(2,)),
            replace(ARTICLES[0], pictures=(Picture("lake.jpg", caption="前天清晨。", credit="叶知秋"),)),
            replace(
                ARTICLES[0], pictures=(Picture("lake.jpg", caption="昨天清晨，渡船在白鹭湖东岸试航。", credit="佚名"),)
            ),
        ],
    )
    def test_what_readers_see_changed_is_a_change(self, change: Article) -> None:
        assert match([change, *ARTICLES[1:]], known(ARTICLES)).changed == {1}

    def test_keywords_found_anew_are_no_change(self) -> None:
        again = [replace(article, keywords=(Keyword("新词", 0.1),)) for article in ARTICLES]
        assert not match(again, known(ARTICLES)).changed

    def test_a_photo_report_of_twenty_characters_is_recognised(self) -> None:
        stored = Article(kind="photo", paragraphs=("11月16日，柳堰乡的村民在晾晒红薯粉条。",))
        corrected = replace(stored, paragraphs=("11月15日，柳堰乡的村民在晾晒红薯粉条。",))
        assert match([*ARTICLES, corrected], known([stored, *ARTICLES])).ordinals == (2, 3, 4, 5, 6, 7, 1)

    def test_a_picture_without_text_is_known_by_its_caption(self) -> None:
        stored = Article(kind="photo", pictures=(Picture("a.jpg", caption="学生在校门口的银杏树下写生。"),))
        corrected = replace(stored, pictures=(Picture("b.jpg", caption="学生在学校门口的银杏树下写生。"),))
        assert match([corrected], known([stored])) == Revision((1,), changed=frozenset({1}))


NOTICE = "因管网检修，{place}片区11月{day}日22:00至次日5:00停水，请沿线居民和单位提前储水，来水后先放水两分钟再使用。"


def notice(place: str, day: int) -> Article:
    return Article(
        kind="notice",
        headline=f"关于{place}片区11月{day}日停水的通知",
        paragraphs=(NOTICE.format(place=place, day=day), "云汀市自来水公司"),
    )


class TestLikeness:
    def test_near_identical_notices_are_told_apart_and_the_exact_one_goes_first(self) -> None:
        north, south, east = notice("城北", 24), notice("城南", 26), notice("东湖", 28)
        later = notice("城北", 25)
        for stored in permutations([north, south, east]):
            expected = {north: stored.index(north) + 1, south: stored.index(south) + 1, east: stored.index(east) + 1}
            for articles in permutations([later, south, east]):
                revision = match(articles, known(stored))
                assert revision.ordinals == tuple(expected[north if one is later else one] for one in articles)
                assert revision.changed == {expected[north]}

    def test_equal_candidates_keep_print_order(self) -> None:
        same = report("天气", "晴，最低气温二度。")
        assert match([same] * 2, known([same] * 3)) == Revision((1, 2), vanished=(3,))
        assert match([same] * 3, known([same] * 2)).ordinals == (1, 2, None)
        corrected = report("天气", "晴，最低气温三度。")
        assert match([corrected] * 2, known([same] * 3)).ordinals == (1, 2)

    def test_formulas_that_all_reports_share_join_none_of_them(self) -> None:
        formula = (
            "会议强调，要提高认识，压实责任，细化措施，狠抓落实，确保各项工作落地见效，以实际行动交出满意答卷。" * 2
        )

        def meeting(subject: str) -> Article:
            return report(f"全市{subject}工作会议召开", f"昨天，全市{subject}工作会议在市政府召开。{formula}")

        subjects = ["河道清淤", "冬季供暖", "古树保护", "校车安全"]
        stored = [meeting(subject) for subject in subjects]
        replaced = [*stored[:3], meeting("夜间公交")]
        assert match(replaced, known(stored)) == Revision((1, 2, 3, None), vanished=(4,))

    def test_the_larger_part_of_an_article_that_was_split_or_joined_keeps_the_ordinal(self) -> None:
        whole = ARTICLES[0]
        larger = replace(whole, paragraphs=whole.paragraphs[:5], crossheads=(2,))
        smaller = Article(headline=whole.paragraphs[5], paragraphs=whole.paragraphs[6:])
        for parts, ordinals in (((larger, smaller), (1, None)), ((smaller, larger), (None, 1))):
            assert match([*parts, *ARTICLES[1:]], known(ARTICLES)).ordinals[:2] == ordinals
        joined = match(ARTICLES, known([smaller, larger, *ARTICLES[1:]]))
        assert joined.ordinals[0] == 2
        assert joined.vanished == (1,)

    def test_a_teaser_does_not_take_its_articles_place(self) -> None:
        teaser = report("白鹭湖水质首次达到二类", "详见第二版。")
        assert match([teaser, *ARTICLES[1:]], known(ARTICLES)).ordinals[0] is None
        assert match([teaser, *ARTICLES], known(ARTICLES)).ordinals[:2] == (None, 1)

    def test_full_width_or_half_width_is_the_same_likeness(self) -> None:
        stored = report("ＣＢＡ 开赛", "１２支球队参加，赛程２２轮。")
        assert match([report("CBA开赛", "12支球队参加，赛程22轮。")], known([stored])).ordinals == (1,)

    def test_articles_without_a_word_are_like_nothing_but_themselves(self) -> None:
        assert match([Article(label="…")], known([Article()])).ordinals == (None,)
        assert match([Article()], known([Article()])).ordinals == (1,)


class TestWithdrawn:
    def test_a_withdrawn_article_that_is_still_in_the_file_keeps_its_ordinal(self) -> None:
        stored = [replace(one, withdrawn=one.ordinal == 2) for one in known(ARTICLES)]
        assert match(ARTICLES, stored) == Revision(numbers(ARTICLES), returned=frozenset({2}))

    def test_one_that_is_no_longer_there_does_not_vanish_again(self) -> None:
        stored = [replace(one, withdrawn=one.ordinal in {2, 3, 4}) for one in known(ARTICLES)]
        revision = match([ARTICLES[0], ARTICLES[5]], stored)
        assert revision == Revision((1, 6), vanished=(5,))
        assert not revision.withdraws_too_many

    def test_of_equal_ones_that_which_readers_have_goes_first(self) -> None:
        same = report("天气", "晴，最低气温二度。")
        stored = [Known(1, same, withdrawn=True), Known(2, same)]
        assert match([same], stored).ordinals == (2,)
        assert match([report("天气", "晴，最低气温三度。")], stored).ordinals == (2,)


class TestReissue:
    def test_half_of_the_files_articles_are_enough(self) -> None:
        others = next(iter(SAMPLES.values()))
        assert match([*ARTICLES[:3], *others[:3]], known(ARTICLES)).is_reissue
        assert not match([*ARTICLES[:3], *others[:4]], known(ARTICLES)).is_reissue

    def test_a_file_without_articles_is_no_re_issue(self) -> None:
        assert not match([], known(ARTICLES)).is_reissue
        assert not match([], []).is_reissue
        assert not match(ARTICLES, []).is_reissue

    def test_more_than_a_third_is_too_many(self) -> None:
        assert not match(ARTICLES[:4], known(ARTICLES)).withdraws_too_many
        assert match(ARTICLES[:3], known(ARTICLES)).withdraws_too_many
        assert not match(ARTICLES, []).withdraws_too_many

    def test_issues_of_different_papers_share_nothing(self) -> None:
        for one, other in permutations(ISSUES, 2):
            assert match(one, known(other)) == Revision((None,) * len(one), vanished=numbers(other))

    @pytest.mark.skipif(not REAL, reason="the real issues are not here")
    def test_issues_of_one_paper_are_no_re_issues_of_each_other(self) -> None:
        issues = [parsed(path) for path in REAL]
        for one, other in permutations(issues, 2):
            revision = match(one, known(other))
            assert not revision.is_reissue
            assert len(revision.vanished) == len(other)

    @pytest.mark.skipif(not REAL, reason="the real issues are not here")
    def test_any_two_different_reports_are_different_even_if_alone(self) -> None:
        reports = [article for path in REAL for article in parsed(path)]
        assert not [(a, b) for a, b in permutations(reports, 2) if match([a], known([b])).is_reissue]

    @pytest.mark.parametrize("path", REAL, ids=[path.stem for path in REAL])
    def test_a_corrected_real_issue_keeps_what_it_keeps(self, path: Path) -> None:
        articles = parsed(path)
        corrected = [replace(articles[0], headline="改过的标题"), *articles[2:], ARTICLES[0]]
        corrected[1] = replace(corrected[1], paragraphs=(*corrected[1].paragraphs, "另有三人受伤。"))
        revision = match(corrected, known(articles))
        assert revision.ordinals == (1, *range(3, len(articles) + 1), None)
        assert revision.changed == {1, 3}
        assert revision.vanished == (2,)


def test_an_issue_is_known_by_what_it_states() -> None:
    masthead = Masthead(date=date(2026, 11, 20), date_origin="filename", number=5831)
    issue = Issue(masthead=masthead, articles=())
    assert revising.key(issue, "ab" * 32) == "5831"
    assert revising.key(replace(issue, masthead=replace(masthead, number=None)), "ab" * 32) == "2026-11-20"
    guessed = replace(masthead, number=None, date_origin="text")
    assert revising.key(replace(issue, masthead=guessed), "ab" * 32) == "ab" * 6


@pytest.mark.parametrize(
    ("printed", "papers", "foreign"),
    [
        ("云汀日报", ["云汀日报"], False),
        ("云汀曰报", ["云汀日报"], False),
        ("日报", ["云汀日报"], False),
        ("云汀 日报 数字版", ["云汀日报"], False),
        ("Yunting Daily", ["云汀日报"], False),
        ("The Aldermere Courier", ["Aldermere Courier"], False),
        (None, ["云汀日报"], False),
        ("南浔渡口报", [], False),
        ("南浔渡口报", ["云汀日报", "南浔渡口报"], False),
        ("南浔渡口报", ["云汀日报"], True),
        ("Harbour Gazette", ["Aldermere Courier"], True),
    ],
)
def test_a_masthead_is_another_papers_only_where_that_is_clear(
    printed: str | None, papers: list[str], foreign: bool
) -> None:
    assert revising.is_foreign(printed, papers) is foreign


@pytest.mark.parametrize(
    ("ordinals", "vanished", "sure"),
    [
        ((1, 2, 3), (), True),
        ((1, 2, 3, None), (), True),
        ((1, 2, 3), (4,), True),
        ((1, 2, 3, None), (4, 5), False),
        ((1, 2, 3, None, None), (), False),
        ((1, 2), (), False),
    ],
)
def test_a_file_that_states_nothing_must_show_more_to_be_known(
    ordinals: tuple[int | None, ...], vanished: tuple[int, ...], sure: bool
) -> None:
    assert Revision(ordinals, vanished=vanished).is_unmistakable is sure
