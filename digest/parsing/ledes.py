"""Ledes: the summary that an editor has put before a text, behind a word that says so: 摘要, 核心提示, Summary."""

import re

from digest.parsing.block import Block

_MARK = re.compile(
    r"[【\[〔■◆●▲]?\s*"
    r"(?:(?:内容|內容|本文|文章)?(?:摘要|提要|导读|導讀)|核心提示|内容提示|阅读提示|閱讀提示|导语|導語|(?i:summary|abstract|standfirst|in short))"
    r"\s*(?:[】\]〕]\s*[:：]?|[:：])\s*"
)
_LEAST = 8
"""A lede of fewer characters says nothing."""


def is_lede(text: str) -> bool:
    """Say whether `text` begins with a word that says that a summary follows."""
    return _MARK.match(text) is not None


def taken(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """Return the lede that the first of an article's paragraphs is, without its mark, and the other paragraphs.

    Where the mark stands alone on its line, the next paragraph is the lede. There is none without text behind it.
    """
    if not blocks or not (mark := _MARK.match(blocks[0].text)):
        return None, blocks
    text, rest = blocks[0].text[mark.end() :], blocks[1:]
    if not text and rest:
        text, rest = rest[0].text, rest[1:]
    return (text, rest) if rest and len(text) >= _LEAST else (None, blocks)
