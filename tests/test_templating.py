from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError, TemplateNotFound

from digest import templating
from digest.errors import ConfigError


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


def test_a_broken_template_is_an_error_of_the_configuration_with_file_and_line(tmp_path: Path) -> None:
    folder = written(tmp_path, site__article_dot_html="<p>\n{% if %}\n")
    with pytest.raises(ConfigError) as caught:
        templating.load(folder)
    assert caught.value.code == "error.template"
    assert caught.value.facts["file"] == str(folder / "site" / "article.html")
    assert caught.value.facts["line"] == 2


def test_a_template_that_is_not_utf_8_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    path = written(tmp_path, site__a_dot_html="") / "site" / "a.html"
    path.write_bytes("标题".encode("gb18030"))
    with pytest.raises(ConfigError) as caught:
        templating.load(tmp_path)
    assert caught.value.facts["file"] == str(path)
