"""Language: told from the script, and from the commonest characters or words of each."""

import re
from collections import Counter
from collections.abc import Iterable

from digest.text import HAN

_SIMPLIFIED = frozenset(
    "国会们这来时说对发为学业产开关东车长门问间见现员务进还过边运动书报电话应实总将经济华区导队场义众从习"
)
_TRADITIONAL = frozenset(
    "國會們這來時說對發為學業產開關東車長門問間見現員務進還過邊運動書報電話應實總將經濟華區導隊場義眾從習"
)
_STOPWORDS = {
    "en": "the of and to in for that is on with was by at from as it are be he she said",
    "fr": "le la les des et du un une est pour dans que qui au aux par sur pas avec il",
    "de": "der die das und ist von mit den dem ein eine zu im für auf nicht sich es auch",
    "es": "el la los las de que y en un una por con para del se su al como más es",
}
_HAN = re.compile(f"[{HAN}]+")
_SYLLABLES = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u30ff]+")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")


def language(texts: Iterable[str]) -> str:
    """Return the BCP 47 tag of what `texts` are written in: zh-Hans, zh-Hant, ja, ko, en, fr, de, es, or und."""
    text = "\n".join(texts)
    words = _LATIN.findall(text)
    han, kana, hangul = _count(_HAN, text), 0, 0
    if _SYLLABLES.search(text):
        kana, hangul = _count(_KANA, text), _count(_HANGUL, text)
    east = {"zh": han, "ja": 3 * kana, "ko": hangul}
    best = max(east, key=lambda tag: east[tag])
    if east[best] > len(words):
        return _script(text) if best == "zh" else best
    if not words:
        return "und"
    counts = Counter(map(str.lower, words))
    scores = {tag: sum(counts[word] for word in stopwords.split()) for tag, stopwords in _STOPWORDS.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] else "und"


def _count(runs: re.Pattern[str], text: str) -> int:
    """Return how many characters the matches of `runs` have."""
    return sum(map(len, runs.findall(text)))


def _script(text: str) -> str:
    simplified, traditional = (sum(map(text.count, chars)) for chars in (_SIMPLIFIED, _TRADITIONAL))
    return "zh-Hant" if traditional > simplified else "zh-Hans"
