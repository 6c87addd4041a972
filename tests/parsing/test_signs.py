"""Signs: a pattern that is asked only about lines with its signs finds all that it would find in any."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.parsing import bylines, datelines, dates, facts, furniture, roles

FORMS = {name: form for name, form in vars(facts).items() if isinstance(form, facts.Form)}


def has_one_of(signs: frozenset[str] | str) -> Callable[[str], object]:
    return lambda text: any(sign in text for sign in signs)


SIGNED = {
    **{name: (form.pattern, has_one_of(form.signs)) for name, form in FORMS.items()},
    **{f"date {at}": (pattern, sign.search) for at, (sign, pattern) in enumerate(dates._PATTERNS)},
    "dateline": (datelines._CHINESE, lambda text: datelines._FILED_SIGNS.search(text, 0, datelines._LATEST_FILED)),
    "programme": (datelines._PROGRAMME, has_one_of("（(")),
    "jump to": (furniture._TO, furniture._TO_SIGNS.search),
    "jump's end": (furniture._TO, lambda text: text[-1] != "。"),
    "jump from": (furniture._FROM, has_one_of(frozenset({"接", "rom", "ROM"}))),
    "page": (furniture._PAGE, furniture._PAGE_SIGNS.search),
    "section": (furniture._SECTION_PAGE, furniture._PAGE_SIGNS.search),
    "folio": (furniture._FOLIO, furniture._PAGE_SIGNS.search),
    "imprint": (furniture._IMPRINT, lambda text: any(word in text for word in furniture._IMPRINT_WORDS)),
    "report": (re.compile(bylines._REPORTED), lambda text: text.endswith(bylines._REPORT_ENDS)),
    "post": (bylines._POST, bylines._POST_NAMES.search),
    "verb": (roles._ENDS_IN_VERB, lambda text: text[-1] in roles._VERB_ENDS),
    "filed": (roles._NAMED_AND_FILED, lambda text: text[-1] in roles._VERB_ENDS),
}


@pytest.mark.parametrize("name", SIGNED)
@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_every_match_has_a_sign(name: str, data: st.DataObject) -> None:
    pattern, is_signed = SIGNED[name]
    match = pattern.search(data.draw(st.from_regex(pattern)))
    assert match is None or is_signed(match[0]), match


def test_a_form_is_cut_only_where_its_signs_stand() -> None:
    form = facts.Form("x", r"\d+")
    assert re.fullmatch(form.pattern, "12")
    assert facts._Line("12").cut(form) == []
    assert [match[0] for match in facts._Line("x 12").cut(form)] == ["12"]
