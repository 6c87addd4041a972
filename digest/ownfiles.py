"""What the newsroom lays beside config.yaml for a paper's site: `about.md` and the logo → `OwnFiles`.

With several papers `about.md` lies in a folder called as the paper.
"""

from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.errors import ConfigError
from digest.model import About, OwnFiles
from digest.settings import Publication, Settings

ABOUT = "about.md"


def read(settings: Settings, publication: Publication) -> OwnFiles:
    """Read a paper's own files, of which any may be missing but a logo that the settings name.

    Raises ConfigError("error.config.unreadable"), or "error.config.encoding" with the line.
    """
    page = settings.root / settings.home(publication) / ABOUT
    logo = publication.theme.logo
    try:
        return OwnFiles(
            about=about(page.read_text("utf-8-sig")) if page.exists() else None,
            logo=logo.read_bytes() if logo else None,
        )
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError("error.config.encoding", file=str(page), line=line) from error
    except OSError as error:
        raise ConfigError("error.config.unreadable", file=error.filename, cause=error.errno or str(error)) from error


def about(markdown: str) -> About:
    """Return a page of CommonMark with tables. Its first heading is the title; HTML in it is shown as it was typed.

    Of a picture, which the site does not have, stands what it shows; a link that could run a script is none.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", _in_words)
    tokens = parser.parse(markdown)
    title = None
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title, tokens = tokens[1].content, tokens[3:]
    return About(title, parser.renderer.render([_below_the_title(token) for token in tokens], parser.options, {}))


def _in_words(_renderer: object, tokens: Sequence[Token], place: int, _options: object, _env: object) -> str:
    return escape(tokens[place].content)


def _below_the_title(token: Token) -> Token:
    return token.copy(tag="h2") if token.tag == "h1" else token
