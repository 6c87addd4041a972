"""Pages typeset for the tests of PDF: HTML and style sheets, printed by the browser of `conftest.browser`."""

import base64
import io
import random

from PIL import Image
from playwright.sync_api import Browser

_STYLE = """
@page { size: A3; margin: 15mm }
body { margin: 0; font: 10pt/1.5 "Noto Serif CJK SC"; text-align: justify }
:lang(en) body { font-family: serif }
h1, h2, p, figure { margin: 0 }
h1 { font-size: 40pt; line-height: 1.1 }
h2 { font-size: 22pt; line-height: 1.2; text-align: left; padding: 8pt 0 6pt; column-span: all }
article { column-gap: 14pt; break-inside: avoid }
p { text-indent: 2em }
:lang(en) p { text-indent: 1em }
img { width: 100% }
.kicker { font-size: 14pt; column-span: all; text-indent: 0 }
.row { display: flex; gap: 14pt; margin-top: 12pt }
.row > * { flex: 1 }
.box { border: 1px solid; padding: 6pt }
.down { writing-mode: vertical-rl; height: 250mm }
.down article { column-gap: 16pt; height: 100% }
"""

_HAN = "春江潮水连海平月共生滟随波千万里何处无明流宛转绕芳甸照花林皆似空霜不觉飞汀上白沙看见天色纤尘皎中孤轮人初年代穷已只相望知待但长送一片云去悠青枫浦胜愁谁家今夜扁舟子思楼可怜徘徊应离妆镜台玉户帘卷还捣衣砧拂来此闻愿逐华君鸿雁度鱼龙潜跃文昨梦落半西斜沉藏雾碣石潇湘路几乘归摇情满树"
_SYLLABLES = [
    "ba",
    "be",
    "co",
    "da",
    "el",
    "fa",
    "gro",
    "hin",
    "is",
    "ja",
    "ko",
    "lu",
    "ma",
    "ner",
    "ol",
    "pri",
    "qua",
    "ro",
    "sta",
    "tu",
    "ver",
    "wi",
    "yo",
]


class Text:
    """Words that mean nothing, the same for the same seed: no two runs of 30 characters are alike."""

    def __init__(self, language: str, seed: int = 1) -> None:
        self.language = language
        self._random = random.Random(seed)

    def paragraph(self, sentences: int = 4) -> str:
        return (" " if self.language == "en" else "").join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        pick = self._random
        if self.language == "en":
            words = ["".join(pick.choices(_SYLLABLES, k=pick.randint(1, 3))) for _ in range(pick.randint(5, 11))]
            return " ".join(words).capitalize() + "."
        clauses = ["".join(pick.choices(_HAN, k=pick.randint(5, 12))) for _ in range(pick.randint(2, 4))]
        return "，".join(clauses) + "。"


def article(headline: str, paragraphs: list[str], columns: int = 1, kicker: str = "", inner: str = "") -> str:
    """Return an article whose headline spans its columns; `inner` stands behind its first paragraph."""
    over = f"<p class=kicker>{kicker}</p>" if kicker else ""
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<article style='columns: {columns}'>{over}<h2>{headline}</h2>{first}{inner}{''.join(rest)}</article>"


def row(*parts: str) -> str:
    """Return parts side by side."""
    return f"<div class=row>{''.join(parts)}</div>"


def image(kind: str = "JPEG", size: tuple[int, int] = (400, 300)) -> str:
    """Return a picture for the `src` of an `img`."""
    content = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(content, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(content.getvalue()).decode()}"


def pdf(browser: Browser, language: str, body: str, style: str = "") -> bytes:
    """Return `body` as a PDF."""
    page = browser.new_page()
    page.set_content(f"<html lang={language}><style>{_STYLE}{style}</style><body>{body}</body></html>")
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    return content
