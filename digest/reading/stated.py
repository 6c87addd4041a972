"""YAML → what it states, each value one line of text. Loaded only where somebody states something."""

from datetime import date, datetime

import yaml

from digest.errors import RejectedError

MOST_CHARACTERS = 20_000


class _Loader(yaml.SafeLoader):
    """YAML without aliases: a few of them can stand for more than any memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; an alias is refused."""
        if self.check_event(yaml.AliasEvent):
            mark: yaml.Mark = self.get_mark()
            raise yaml.composer.ComposerError(None, None, "alias", mark)
        return super().compose_node(parent, index)

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> date | datetime:
        """Return a date; one that no calendar has is refused."""
        try:
            return super().construct_yaml_timestamp(node)
        except (ValueError, AttributeError) as error:  # AttributeError: `!!timestamp soon`
            raise RejectedError("rejected.given_date", value=node.value) from error


_DATE = "tag:yaml.org,2002:timestamp"
_Loader.add_constructor(_DATE, _Loader.construct_yaml_timestamp)
_Loader.yaml_implicit_resolvers = {  # all else is text as it is written: 0046 is not octal, and yes is no bool
    first: [(tag, pattern) for tag, pattern in resolvers if tag in {_DATE, "tag:yaml.org,2002:null"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def stated(text: str, code: str, first_line: int) -> dict[str, str] | None:
    """Return what YAML states by key, in lower case; None where it is no list of keys. Empty values are left out.

    Lists and mappings are left out too; a date is "YYYY-MM-DD", with a time "YYYY-MM-DD HH:MM:SS".

    Raises:
        RejectedError: `code` with the line at which it stops being YAML, `first_line` being that of its beginning;
            `rejected.given_date` for a date that there is not.
    """
    if len(text) > MOST_CHARACTERS:
        raise RejectedError(code, line=first_line)
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 -- a SafeLoader that takes less
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise RejectedError(code, line=mark.line + first_line if mark else first_line) from error
    if not isinstance(found, dict):
        return None
    given = {str(key).strip().lower(): _value(value) for key, value in found.items()}
    return {key: value for key, value in given.items() if value}


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()[:10]
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
