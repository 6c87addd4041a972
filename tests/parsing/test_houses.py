"""How much of what many papers print is found: floors, so that a change that serves one paper and harms another fails.

The same articles are printed in every house's style (conftest) and damaged in several ways. A floor is what was
measured when it was set; raise it when parsing gets better.
"""

from collections import Counter
from collections.abc import Callable

from digest.model import Article, Source
from digest.parsing import parse
from digest.reading import read
from tests.parsing.conftest import House, Press, Told

FLOORS = {
    "clean": {"articles": 1.0, "text": 1.0, "headings": 1.0, "paragraphs": 1.0, "authors": 1.0},
    "columns": {"articles": 0.99, "text": 0.99, "headings": 0.99, "paragraphs": 0.97, "authors": 0.99},
    "short columns": {"articles": 0.98, "text": 0.95, "headings": 0.94, "paragraphs": 0.89, "authors": 0.98},
    "without empty lines": {"articles": 1.0, "text": 1.0, "headings": 1.0, "paragraphs": 1.0, "authors": 1.0},
    "noisy": {"articles": 0.99, "text": 0.42, "headings": 0.87, "paragraphs": 0.42, "authors": 0.96},
    "wrapped": {"articles": 0.99, "text": 0.95, "headings": 0.95, "paragraphs": 0.8, "authors": 0.98},
}


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def likeness(told: Told, found: Article) -> float:
    """Return the share of eight-character runs that two texts have in common."""
    one, other = (bare("".join(paragraphs)) for paragraphs in (told.paragraphs, found.paragraphs))
    runs, others = ({text[i : i + 8] for i in range(max(1, len(text) - 7))} for text in (one, other))
    return 2 * len(runs & others) / (len(runs) + len(others))


def judged(told: Told, found: Article) -> Counter[str]:
    heads = "".join(head or "" for head in (found.kicker, found.headline, found.subheadline))
    meant = "".join(head or "" for head in (told.kicker, told.headline, told.subheadline))
    return Counter(
        found=1,
        text=bare("".join(found.paragraphs)) == bare("".join(told.paragraphs)),
        headings=bare(heads) == bare(meant),
        paragraphs=list(map(bare, found.paragraphs)) == list(map(bare, told.paragraphs)),
    )


def counted(press: Press, house: House, damage: Callable[[str], str]) -> Counter[str]:
    told = press.articles(house)
    found = parse(read(Source("issue.txt", damage(press.printed(house)).encode()))).articles
    signed = house.byline is not None or "{" in house.opening
    counts = Counter(told=len(told), printed=len(found), signed=len(told) * signed)
    for one in told:
        best = max(found, key=lambda article: likeness(one, article), default=None)
        if best is not None and likeness(one, best) >= 0.5:
            counts += judged(one, best)
            counts["authors"] += signed and {author.name for author in best.authors} >= set(one.names)
    return counts


def test_what_was_found_stays_found(
    press: Press, houses: tuple[House, ...], damage: tuple[str, Callable[[str], str]]
) -> None:
    name, spoil = damage
    total: Counter[str] = sum((counted(press, house, spoil) for house in houses), Counter())
    figures = {part: total[part] / total["told"] for part in ("text", "headings", "paragraphs")}
    figures["articles"] = 2 * total["found"] / (total["told"] + total["printed"])
    figures["authors"] = total["authors"] / total["signed"]
    short = {part: (round(figures[part], 3), floor) for part, floor in FLOORS[name].items() if figures[part] < floor}
    assert not short


def test_a_clean_issue_gives_its_articles_in_every_style(press: Press, house: House) -> None:
    found = parse(read(Source("issue.txt", press.printed(house).encode())))
    told = press.articles(house)
    assert [list(map(bare, article.paragraphs)) for article in found.articles] == [
        list(map(bare, one.paragraphs)) for one in told
    ]
    assert found.coverage == 1.0
