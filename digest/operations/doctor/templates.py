"""The newsroom's own templates: that they can be read, and that they name what there is."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jinja2 import meta, nodes

from digest import carried, templating
from digest.operations.doctor.findings import Finding, ill, well
from digest.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what is found."""
    folder = settings.templates
    if not folder.is_dir():
        yield well("doctor.no_templates", folder=str(folder))
        return
    if broken := templating.faults(folder):
        yield from (Finding(False, fault) for fault in broken)
        return
    strange = list(_strange(dict(templating.files(folder)), dict(templating.files(carried.place(templating.FOLDER)))))
    yield from strange or [well("doctor.templates", folder=str(folder))]


def _strange(own: Mapping[str, Path], delivered: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield the files that nothing asks for, and the names in templates that no delivered one beside it uses."""
    trees, before = templating.parsed({**delivered, **own}), templating.parsed(delivered)
    asked = {name for tree in trees.values() for name in meta.find_referenced_templates(tree)}
    folders = {_folder(name) for name in delivered}
    given = {
        each: set[str]().union(*(_names(tree) for name, tree in before.items() if _folder(name) == each))
        for each in folders
    }
    for name, path in own.items():
        here = given.get(_folder(name), set())
        if name not in asked | delivered.keys() and (name in trees or _folder(name) not in folders):
            yield ill("doctor.template_unasked", file=str(path), likely=_nearest(name, delivered))
        elif name in trees and here:
            for one in sorted(_names(trees[name]) - here):
                yield ill("doctor.template_name", file=str(path), name=one, likely=_nearest(one, here))


def _names(tree: nodes.Template) -> set[str]:
    return meta.find_undeclared_variables(tree)


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _nearest(name: str, names: Iterable[str]) -> str:
    return difflib.get_close_matches(name, sorted(names), n=1, cutoff=0)[0]
