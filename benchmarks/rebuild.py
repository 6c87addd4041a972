"""What does a new issue cost in a large archive? The same issues, published behind 1,500 others, 60, and none, in one run.

    python -m benchmarks.rebuild

Prints the medians of the processor's time for saving and for publishing. 1.3 times what it costs behind none is the bar
for 1,500. What is behind none has nothing yet to be listed with; behind 60 the windows of the feeds are full: the ratio to
that, printed beside, is what the size of the archive itself costs.
"""

import random
import tempfile
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from digest import app, pipeline, settings
from digest.model import Article, Author, Dateline, Issue, Keyword, Masthead, Source
from digest.settings import Settings
from digest.store import database, issues, lists, places, publications, revisions, sources, terms, topics
from digest.works import Works

ARCHIVES = 0, 60, 1500
ARTICLES = 12
RUNS = 9
NOW = datetime(2030, 1, 1, tzinfo=UTC)
BAR = 1.3
SECTIONS = ("要闻", "民生", "经济", "文化", "公告")
FIRST_DAY = date(2020, 1, 6)
WORDS = 20_000
KEYWORDS = 8


def issue_of(number: int, chance: random.Random) -> Issue:
    """Return issue `number`: articles of 600 characters, whose keywords are as common as words in papers are."""
    day = FIRST_DAY + timedelta(days=number - 1)
    masthead = Masthead("河湾日报", day, "masthead", number=number, page_count=4)
    return Issue(masthead, tuple(_article(number, place, chance) for place in range(1, ARTICLES + 1)), "zh-Hans")


def _article(number: int, place: int, chance: random.Random) -> Article:
    terms_of = dict.fromkeys(_word(chance) for _ in range(KEYWORDS))
    text = "".join(chr(0x4E00 + int(chance.paretovariate(0.5)) % 3000) for _ in range(200))
    return Article(
        headline=f"河湾第{number}期的第{place}件事",
        page=(place - 1) // 3 + 1,
        section=SECTIONS[(place - 1) * len(SECTIONS) // ARTICLES],
        dateline=Dateline("河湾", agency="本报"),
        authors=(Author("记者", "林晓棠"),),
        paragraphs=tuple(text[at : at + 66] + "。" for at in range(0, 200, 66)) * 3,
        keywords=tuple(Keyword(term, 1 - n / 10) for n, term in enumerate(terms_of)),
        summary=(text[:80] + "。",),
        rank=place,
    )


def _word(chance: random.Random) -> str:
    """Return a word of two or three characters; the n-th is as common as Zipf's law has it."""
    rank = min(int(chance.paretovariate(0.6)), WORDS)
    return "".join(chr(0x4E00 + (rank * step) % 6000) for step in (7, 131))


def fill(works: Works, count: int) -> None:
    """Put an archive into the database as if every issue had been published, and publish what lists and feeds show."""
    chance = random.Random(1)
    paper = works.settings.publications[0]
    with database.writing(works.engine) as store:
        row = publications.id_of(store, paper.slug)
        due = [save(works, store, number, chance) for number in range(1, count + 1)]
        shown = {one.id for issue in due for one in issues.get(store, issue.id).articles}
        issues.mark_published(store, row, due, shown)
        lists.keep_months(store, row, lists.months(store, row, (), everything=True))
        topics.settle(store, [issue.id for issue in due])
        places.settle(store, row, [issue.id for issue in due])
        publications.set_edition(store, row, works.edition(paper), works.settings.home_url(paper))
    works.settings.public.mkdir(parents=True)
    (works.settings.public / "index.html").touch()
    publish_next(works, count + 1, chance)


def save(works: Works, store: database.Connection, number: int, chance: random.Random) -> issues.Due:
    """Save issue `number` as if it had just been dropped."""
    parsed = issue_of(number, chance)
    day = parsed.masthead.date or FIRST_DAY
    published = datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
    slug = works.settings.publications[0].slug
    row = publications.id_of(store, slug)
    known = sources.record(store, row, Source(f"{number}.txt", str(number).encode()), published)
    minted = revisions.Minted(row, slug, str(number), day, published)
    issue_id = revisions.save(store, parsed, minted, known.id, published)
    terms.count(store, row, [frozenset(keyword.term for keyword in one.keywords) for one in parsed.articles])
    return issues.Due(issue_id, 1)


def publish_next(works: Works, number: int, chance: random.Random) -> tuple[float, float]:
    """Return how many milliseconds it takes to save one more issue, and to publish it."""
    start = process_time()
    with database.writing(works.engine) as store:
        save(works, store, number, chance)
    saved = process_time()
    pipeline.publish(works, NOW)
    return 1000 * (saved - start), 1000 * (process_time() - saved)


def main() -> None:
    """Time and print; the archives take turns, so that load hits all."""
    times: dict[int, list[tuple[float, float]]] = {count: [] for count in ARCHIVES}
    with tempfile.TemporaryDirectory() as place, ExitStack() as opened:
        services = {}
        for count in ARCHIVES:
            root = Path(place) / str(count)
            inbox = settings.Inbox(folder=root / "inbox")
            configured = Settings(data=root / "data", templates=root, root=root, inbox=inbox)
            root.mkdir()
            services[count] = opened.enter_context(app.open_service(configured, {}, datetime(2020, 1, 1, tzinfo=UTC)))
            fill(services[count], count)
        for run in range(RUNS):
            for count, works in services.items():
                times[count].append(publish_next(works, count + 2 + run, random.Random(run)))
    cost = {}
    for count, found in times.items():
        saving, publishing = (median(column) for column in zip(*found, strict=True))
        cost[count] = saving + publishing
        print(f"{count:>5} issues before: saving {saving:6.0f} ms, publishing {publishing:6.0f} ms")
    none, full, large = (cost[count] for count in ARCHIVES)
    print(f"{ARCHIVES[2]} before against {ARCHIVES[1]}: {large / full:.2f}")
    ratio = large / none
    print(f"{ARCHIVES[2]} before against none: {ratio:.2f}; the bar of {BAR} is {'met' if ratio <= BAR else 'missed'}")


if __name__ == "__main__":
    main()
