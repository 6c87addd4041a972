"""Language: told from the script, and from the commonest characters or words of each."""

import re
from collections import Counter
from collections.abc import Iterable

from digest.text import han_of

_SIMPLIFIED = re.compile(
    "[国会们这来时说对发为学业产开关东车长门问间见现员务进还过边运动书报电话应实总将经济华区导队场义众从习]"
)
_TRADITIONAL = re.compile(
    "[國會們這來時說對發為學業產開關東車長門問間見現員務進還過邊運動書報電話應實總將經濟華區導隊場義眾從習]"
)
_STOPWORDS = {
    "en": "the of and to in for that is on with was by at from as it are be he she said",
    "fr": "le la les des et du un une est pour dans que qui au aux par sur pas avec il",
    "de": "der die das und ist von mit den dem ein eine zu im für auf nicht sich es auch",
    "es": "el la los las de que y en un una por con para del se su al como más es",
}
# Compiled at their first use, which few Chinese issues have.
_SYLLABLES = "[\u3041-\u30ff\uac00-\ud7a3]"
_KANA = "[\u3041-\u30ff]+"
_HANGUL = "[\uac00-\ud7a3]+"
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_SAMPLE = 2000
"""So many characters, spread over a text, tell whether it is Chinese and little else."""

_ENOUGH = 1000
"""So many Han characters tell whether they are simplified."""


def language(texts: Iterable[str]) -> str:
    """Return the BCP 47 tag of what `texts` are written in: zh-Hans, zh-Hant, ja, ko, en, fr, de, es, or und."""
    text = "\n".join(texts)
    sample = text[:: 1 + len(text) // _SAMPLE]
    if len(han := han_of(sample)) > 3 * (len(sample) - len(han)):
        return _script(han)
    han, kana, hangul = han_of(text), 0, 0
    if re.search(_SYLLABLES, text):
        kana, hangul = _count(_KANA, text), _count(_HANGUL, text)
    east = {"zh": len(han), "ja": 3 * kana, "ko": hangul}
    best = max(east, key=lambda tag: east[tag])
    words = _LATIN.findall(text)
    if east[best] > len(words):
        return _script(han) if best == "zh" else best
    if not words:
        return "und"
    counts = Counter(map(str.lower, words))
    scores = {tag: sum(counts[word] for word in stopwords.split()) for tag, stopwords in _STOPWORDS.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] else "und"


def _count(runs: str, text: str) -> int:
    """Return how many characters the matches of the pattern `runs` have."""
    return len("".join(re.findall(runs, text)))


def _script(han: str) -> str:
    simplified, traditional = (len(chars.findall(han, 0, _ENOUGH)) for chars in (_SIMPLIFIED, _TRADITIONAL))
    return "zh-Hant" if traditional > simplified else "zh-Hans"
