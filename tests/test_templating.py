from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError, TemplateNotFound

from digest import site, templating
from digest.messages import Messages
from digest.templating import Templates
from tests.builders import PAPER


def written(folder: Path, **files: str) -> Path:
    for name, source in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return folder


def test_html_is_escaped_and_text_is_not(tmp_path: Path) -> None:
    templates = templating.load(written(tmp_path, site__a_dot_html="{{ x }}", mail__a_dot_txt="{{ x }}"))
    assert templates.html("site/a.html", x="<&\"'>") == "&lt;&amp;&#34;&#39;&gt;"
    assert templates.text("mail/a.txt", x="<&\"'>") == "<&\"'>"


def test_an_html_template_cannot_be_rendered_without_escaping(tmp_path: Path) -> None:
    templates = templating.load(written(tmp_path, site__a_dot_html="{{ x }}"))
    with pytest.raises(TemplateNotFound):
        templates.text("site/a.html", x="<")


def test_a_file_of_the_newsroom_replaces_the_packages_and_the_others_stay(tmp_path: Path) -> None:
    templates = templating.load(written(tmp_path, site__style_dot_css="body{}", site__logo_dot_svg="<svg/>"))
    assets = templates.assets("site")
    assert assets["style.css"] == b"body{}"
    assert assets["logo.svg"] == b"<svg/>"
    assert assets["icon.svg"] == templating.load().assets("site")["icon.svg"]


def test_hidden_files_of_the_folder_are_ignored(tmp_path: Path) -> None:
    templates = templating.load(written(tmp_path, **{"site__.style_dot_css_dot_swp": "x"}))
    assert not any(name.startswith(".") for name in templates.assets("site"))


def test_a_name_that_nobody_gave_stops_the_rendering(tmp_path: Path) -> None:
    templates = templating.load(written(tmp_path, site__a_dot_html="{{ nobody }}"))
    with pytest.raises(UndefinedError):
        templates.html("site/a.html")


def test_a_template_reaches_nothing_but_its_values(tmp_path: Path) -> None:
    templates = templating.load(written(tmp_path, site__a_dot_html="{{ x.__class__.__mro__ }}"))
    with pytest.raises(SecurityError):
        templates.html("site/a.html", x="")


def notice(templates: Templates) -> bytes:
    return site.render_notice(PAPER, templates, Messages("zh"), heading="谢谢", paragraphs=["已经退订。"])


def told(templates: Templates) -> list[tuple[Path, int]]:
    return [(Path(str(one.facts["file"])), int(one.facts["line"])) for one in templates.faults]


def test_a_broken_template_leaves_its_place_to_the_delivered_one_and_is_told_with_file_and_line(tmp_path: Path) -> None:
    folder = written(
        tmp_path, site__notice_dot_html="<p>\n{% if %}\n", site__parts_dot_html="{% macro mine() %}x{% endmacro %}"
    )
    (folder / "site" / "404.html").write_bytes("<p>\n<p>标题".encode("gb18030"))
    templates, delivered = templating.load(folder), templating.load()
    assert told(templates) == [(folder / "site" / "404.html", 2), (folder / "site" / "notice.html", 2)]
    assert templating.faults(folder) == templates.faults
    assert "site/parts.html" in templates.signature("site")
    assert notice(templates) == notice(delivered)


@pytest.mark.parametrize(
    "broken", ["{{ paper.title }}\n{{ papr.title }}", "\n{{ 1 // 0 }}", '\n{% include "mine.html" %}']
)
def test_a_template_that_fails_when_it_is_rendered_leaves_its_place_on_that_page(tmp_path: Path, broken: str) -> None:
    own = {"site__notice_dot_html": broken, "site__private_dot_html": "{% block own %}{% endblock %}mine"}
    templates = templating.load(written(tmp_path, **own))
    assert templates.faults == ()
    page = notice(templates).decode()
    assert "已经退订。" in page
    assert page.endswith("mine")
    assert told(templates) == [(tmp_path / "site" / "notice.html", 2)]


def test_a_template_that_lacks_what_a_delivered_one_asks_of_it_is_found_among_several(tmp_path: Path) -> None:
    own = {"site__frame_dot_html": "{% macro mine() %}{% endmacro %}", "site__article_dot_html": "mine"}
    templates = templating.load(written(tmp_path, **own))
    assert notice(templates) == notice(templating.load())
    assert told(templates) == [(tmp_path / "site" / "frame.html", 1)]


def test_values_that_no_template_can_show_are_no_templates_fault(tmp_path: Path) -> None:
    templates = templating.load(written(tmp_path, site__private_dot_html="{% block own %}{% endblock %}"))
    with pytest.raises(UndefinedError):
        templates.html("site/notice.html")
    assert templates.faults == ()
