"""The command that tells why: explain. Its tables are for people, in the words of the catalogue."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import config, text
from digest.cli.caller import CONFIG, Caller, lexicon_of, publication_of, source
from digest.cli.options import ConfigFile, Slug, app
from digest.errors import DigestError
from digest.messages import Messages
from digest.model import Article
from digest.settings import Analysis, Settings

if TYPE_CHECKING:
    from rich.table import Table

    from digest.analysis.explaining import Explanation, Judged, Rooted
    from digest.analysis.lexicon import Lexicon

COLUMNS = 120
"""How wide the tables are where the terminal does not say."""


@app.command("explain", help="cli.explain")
def explain(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ARTICLE|FILE", help="cli.arg.what", show_default=False)],
    only: Annotated[
        int | None, typer.Option("--article", "-n", min=1, help="cli.opt.article", show_default=False)
    ] = None,
    paper: Slug = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Show why an article, or each article of a file, has its summary and its keywords."""
    from rich.console import Console

    from digest.analysis.explaining import explain as explained

    caller: Caller = context.obj
    settings = config.load(path) if path.exists() else Settings()
    if Path(what).is_file():
        words = lexicon_of(caller, path, settings.analysis)
        issue = _of_file(Path(what), words, settings.analysis)
        articles = _numbered(issue, only)
    else:
        issue = ()
        articles, words = _of_address(caller, settings, paper, what)
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=COLUMNS)
    for number, article in articles:
        found = explained(article, words, settings.analysis, issue)
        console.print(f"\n{number}. {article.title}" if number else f"\n{article.title}", markup=False)
        if found.lede:
            console.print(caller.say("cli.explain.lede", text=found.lede), markup=False)
        console.print(_sentences(found, caller.say))
        console.print(_keywords(found, caller.say))
    print(text.wrapped(caller.say("cli.explain.key"), console.width))


def _of_file(path: Path, words: "Lexicon", analysis: Analysis) -> tuple[Article, ...]:
    from digest.understanding import understand

    return understand(source(path), words, analysis).articles


def _numbered(articles: Sequence[Article], only: int | None) -> list[tuple[int | None, Article]]:
    """Return the articles with their numbers, or the one that is wanted."""
    found: list[tuple[int | None, Article]] = [
        (number, one) for number, one in enumerate(articles, start=1) if only in {None, number}
    ]
    if not found:
        raise DigestError("error.no_article", article=only)
    return found


def _of_address(
    caller: Caller, settings: Settings, paper: str | None, address: str
) -> tuple[list[tuple[int | None, Article]], "Lexicon"]:
    from digest import app as wiring
    from digest import operations

    engine = wiring.open_existing(settings)
    publication = publication_of(settings, paper, address)
    vocabulary = wiring.open_vocabulary(settings, engine)
    caller.complain(vocabulary.faults)
    return [(None, operations.article(settings, engine, publication, address))], vocabulary.lexicon(publication.slug)


def _sentences(found: "Explanation", say: Messages) -> "Table":
    rows = (
        (str(one.sentence.index + 1), _fate(one, say), f"{one.score:.0f}", _why(one, say), one.text)
        for one in found.sentences
    )
    return _table(say, ("number", "fate", "score", "why", "sentence"), rows, numbers=(0, 2), wide=(3, 4))


def _fate(one: "Judged", say: Messages) -> str:
    return say(f"cli.explain.{one.fate}", place=one.place)


def _why(one: "Judged", say: Messages) -> str:
    """Return what the score is made of: the words by weight, then what raises or lowers them."""
    words = " ".join(f"{word}\u00a0{weight:.2f}" for word, weight in one.words)
    factors = " ".join(f"{say(f'cli.explain.{name}')}\u00a0×{value:.2f}" for name, value in one.factors)
    return "\n".join(filter(None, (words, factors)))


def _keywords(found: "Explanation", say: Messages) -> "Table":
    rows = (
        (one.written, f"{one.score:.2f}", str(one.found.count), f"{one.found.idf:.1f}", _roots(one, say))
        for one in found.keywords
    )
    return _table(say, ("keyword", "score", "count", "idf", "origin"), rows, numbers=(1, 2, 3), wide=(0, 4))


def _roots(one: "Rooted", say: Messages) -> str:
    """Return where a keyword comes from."""
    found = one.found
    said = [say("cli.explain.phrase", words=" + ".join(found.term)) if len(found.term) > 1 else say("cli.explain.word")]
    said += [say("cli.explain.headline")] * found.headline + [say("cli.explain.marked")] * found.marked
    said += [say("cli.explain.own", file=own.file, weight=f"{own.weight:g}") for own in one.own]
    if any(one.archive):
        said.append(say("cli.explain.archive", counts=" + ".join(map(str, one.archive))))
    return say("cli.explain.comma").join(said)


def _table(
    say: Messages, names: Sequence[str], rows: Iterator[tuple[str, ...]], *, numbers: Sequence[int], wide: Sequence[int]
) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
    for at, name in enumerate(names):
        table.add_column(
            say(f"cli.explain.{name}"),
            justify="right" if at in numbers else "left",
            no_wrap=at not in wide,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table
