"""Labels: the words over an article that tell its kind or its column, not its matter: 栏目."""

import re

from digest.model import Kind
from digest.text import HAN, has_han

_BRACKETED = re.compile(
    r"[【\[〔◆▌■●☆★※|｜「《·◇□]+\s*([^】\]〕◆▌■●☆★※|｜」》◇□。，]{2,14}?)\s*[】\]〕◆▌■●☆★※|｜」》·◇□]*"
)
_WORDS: tuple[tuple[Kind, str], ...] = (
    (
        "letter",
        r"(?:读者|讀者|群众|市民|百姓)?(?:来信|來信|来函|來函|投书|投書|来论|心声|信箱)(?:选登|選登|摘登)?|读者之声|讀者之聲|"
        r"letters?(?: to the editor)?|your letters|readers'? letters|dear editor|from our readers",
    ),
    (
        "photo",
        r"(?:图片|圖片|图说|圖說|摄影|攝影)(?:新闻|新聞|报道|報道|報導)?|图说\w{0,6}|镜头|photo(?:graph)?s?|in pictures|pictures?",
    ),
    (
        "brief",
        r"(?:\w{0,4})?(?:简讯|簡訊|短讯|短訊|简明新闻|簡明新聞|新闻简报|新聞簡報|快讯|快訊|要闻速览|一句话新闻|集锦|信息快递|综合简讯|要闻集纳|速览)|"
        r"(?:news |world |local |sports? |business )?(?:in brief|briefs|briefly|round-?up)|news digest",
    ),
    (
        "notice",
        r"(?:公告|通告|启事|啟事|声明|聲明|通知|讣告|訃告|公示|招聘|通报|公开信)(?:栏)?|(?:public |legal )?notices?|announcements?",
    ),
    (
        "comment",
        r"(?:本报|本報)?(?:评论|評論|社论|社論|时评|時評|短评|短評|快评|快評|锐评|述评|杂谈|漫谈|观点|觀點)(?:员文章)?|"
        r"editorial|opinion|comment(?:ary)?|leader|our view|column",
    ),
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE)) for kind, words in _WORDS
)
_COLUMN = re.compile(
    r"(?:要闻|要聞|综合|綜合|时政|時政|国内|國內|国际|國際|社会|社會|民生|经济|經濟|财经|財經|文化|体育|體育|教育|科技|健康|生活|副刊|"
    r"本地|地方|县域|乡镇|法治|农业|三农|旅游|娱乐|娛樂|特写|专题|專題|人物|专访|調查|调查|天气|天氣|新闻|新聞|聚焦|关注|关注民生|"
    r"news|local|local news|national|international|world|sports?|business|culture|arts|education|science|health|weather|"
    r"community|features?|obituar(?:y|ies)|entertainment|politics|region(?:al)?|courts?|schools?|environment|front page)",
    re.IGNORECASE,
)
_NOTICE_END = re.compile(rf"[{HAN}·]{{0,16}}(?:公告|通告|启事|啟事|声明|聲明|通知|讣告|訃告|公示)")
_SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的)?(?:编辑|編輯|主编|主編|总编|記者|记者)(?:同志|部|先生|女士|老师|朋友)?(?:们|們|：您好|您好)?\s?[:：，]|"
    r"(?:To the Editor|Dear (?:Sir|Madam|Editor)|Sir|Madam|Editor)(?: or Madam|,? ?Sir)?\s?[,:;.—–-]"
)
_NOTICE_HEAD = re.compile(r"(?:public |legal )?notice\b.*|.*\bnotice", re.IGNORECASE)


def label(text: str) -> str | None:
    """Return the label that the line `text` is, without its brackets; None where it is something else."""
    bare = text.strip(" \u3000—–-:：")
    if not 2 <= len(bare) <= 24:
        return None
    bracketed = _BRACKETED.fullmatch(bare)
    if bracketed:
        return bracketed[1].strip()
    if _COLUMN.fullmatch(bare) or kind(bare):
        return bare
    return None


def kind(text: str) -> Kind | None:
    """Return the kind that a label or a collective heading names."""
    bare = text.strip("【】[]〔〕◆▌■●☆★※|｜《》·◇□ \u3000—–-:：")
    for name, pattern in _KINDS:
        if pattern.fullmatch(bare):
            return name
    return None


def is_salutation(text: str) -> bool:
    """Say whether `text` opens as a letter does: 编辑同志：, Dear Editor,."""
    return _SALUTATION.match(text) is not None


def is_notice(headline: str) -> bool:
    """Say whether a headline is that of a notice: 公告, 关于…的通知, Notice of …."""
    return bool(_NOTICE_END.fullmatch(headline) if has_han(headline) else _NOTICE_HEAD.fullmatch(headline))
