"""Columns: the order in which rectangles on a page are read."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from digest.reading.columns import Piece, regions

EM = 10.0
EDGES = st.integers(0, 60).map(lambda n: n * 10.0)
PIECES = st.lists(
    st.tuples(EDGES, EDGES, st.integers(1, 40), st.integers(1, 6), st.sampled_from([8, 10, 12, 22, 40])), max_size=40
)


def piece(index: int, left: float, top: float, right: float, size: float = EM) -> Piece:
    return Piece(left, top, right, top + size, size, index)


def column(left: float, top: float, lines: int, first: int, *, step: float = 14) -> list[Piece]:
    return [piece(first + i, left, top + i * step, left + 100) for i in range(lines)]


def order(pieces: list[Piece]) -> list[list[int]]:
    return [[piece.index for piece in region] for region in regions(pieces, EM)]


@given(PIECES)
def test_every_piece_comes_once(shapes: list[tuple[float, float, int, int, int]]) -> None:
    pieces = [
        Piece(left, top, left + 10 * width, top + 10 * height, size, i)
        for i, (left, top, width, height, size) in enumerate(shapes)
    ]
    assert sorted(index for region in order(pieces) for index in region) == list(range(len(pieces)))


@given(st.integers(1, 5), st.integers(1, 4), st.integers(3, 12), st.randoms())
def test_columns_under_headlines_are_read_one_by_one(columns: int, articles: int, lines: int, random: Random) -> None:
    pieces: list[Piece] = []
    for row in range(articles):
        top = row * (14 * lines + 60)
        pieces.append(piece(len(pieces), 0, top, 114 * columns - 14, 22))
        for i in range(columns):
            pieces += column(114 * i, top + 34, lines, len(pieces))
    expected = [piece.index for piece in pieces]
    random.shuffle(pieces)
    assert [index for region in order(pieces) for index in region] == expected


def test_columns_of_their_own_lines_are_read_one_by_one() -> None:
    left, right = column(0, 0, 20, 0), column(114, 5, 17, 20, step=16)
    assert order(left + right) == [list(range(20)), list(range(20, 37))]


def test_articles_side_by_side_are_read_one_by_one() -> None:
    parts = [[piece(100, 0, 0, 210, 22)], column(0, 34, 9, 0), column(114, 34, 9, 10)]
    parts += [[piece(101, 228, 0, 438, 22)], column(228, 34, 9, 20), column(342, 34, 9, 30)]
    found = [index for region in order([p for part in parts for p in part]) for index in region]
    assert found == [100, *range(9), *range(10, 19), 101, *range(20, 29), *range(30, 39)]


@given(st.sampled_from([14, 28, 42, 60]), st.integers(0, 2))
def test_columns_that_begin_lower_than_others_stay_apart_from_the_masthead(lower: int, which: int) -> None:
    masthead = [piece(100, 0, 0, 180, 40), piece(101, 240, 20, 328)]
    tops = [60 + lower * (which == i) for i in range(3)]
    columns = [column(114 * i, top, 16, 20 * i) for i, top in enumerate(tops)]
    found = [index for region in order(masthead + [p for one in columns for p in one]) for index in region]
    assert found == [100, 101, *range(16), *range(20, 36), *range(40, 56)]


def test_a_new_row_of_articles_begins_where_headings_stand_over_all_columns() -> None:
    upper = column(0, 0, 6, 0) + column(114, 0, 6, 10)
    heads = [piece(100, 0, 110, 90, 16), piece(101, 114, 110, 190, 16)]
    lower = column(0, 136, 6, 20) + column(114, 136, 6, 30)
    found = [index for region in order(upper + heads + lower) for index in region]
    assert found == [*range(6), *range(10, 16), 100, *range(20, 26), 101, *range(30, 36)]


def test_a_heading_in_one_column_stays_in_it() -> None:
    left = [*column(0, 0, 5, 0), piece(50, 0, 80, 90, 16), *column(0, 104, 5, 5)]
    right = column(114, 0, 13, 20)
    assert [index for region in order(left + right) for index in region] == [
        *range(5),
        50,
        *range(5, 10),
        *range(20, 33),
    ]


def test_spaces_between_words_are_no_gutter() -> None:
    words = [
        piece(2 * i + n, left, i * 14, left + 40) for i in range(3) for n, left in enumerate((0.0 + i, 52.0 + 3 * i))
    ]
    assert len(order(words)) == 1
