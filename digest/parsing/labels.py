"""Labels: the words over an article that tell its kind or its column, not its matter: 栏目."""

import re
from typing import cast

from digest.model import Kind
from digest.parsing.memory import remembered
from digest.text import LETTER, has_han, is_han

_BRACKETED = re.compile(
    r"[【\[〔◆▌■●☆★※|｜「《·◇□]+\s*([^】\]〕◆▌■●☆★※|｜」》◇□。，]{2,14}?)\s*[】\]〕◆▌■●☆★※|｜」》·◇□]*"
)
_MARKS = "【】[]〔〕◆▌■●☆★※|｜《》·◇□ \u3000—–-:："
_PEOPLE = "(?:读者|讀者|群众|群眾|市民|居民|村民|街坊|百姓|患者|职工|職工|员工|員工|学生|學生|家长|家長|师生|師生|听众|聽眾|观众|觀眾|网友|網友|用户|用戶|业主|業主|会员|會員)"
_COUNT = "(?:[一二两兩三四五六七八九十]{1,2}[则則条條封篇组組])"
"""How many there are of something: 简讯四则."""

_WORDS: tuple[tuple[Kind, str], ...] = (
    (
        "letter",
        rf"{_PEOPLE}?(?:(?:来信|來信|来函|來函|投书|投書|来论|心声|信箱)(?:选登|選登|摘登|照登|{_COUNT})?|之声|之聲|的话|的話)|"
        r"letters?(?: to the editor)?|your letters|readers'? letters|dear editor|from our readers",
    ),
    (
        "photo",
        r"(?:图片|圖片|图说|圖說|摄影|攝影)(?:新闻|新聞|报道|報道|報導)?|图说\w{0,6}|镜头|photo(?:graph)?s?|in pictures|pictures?",
    ),
    (
        "brief",
        r"(?:下面|接下来|最后)?(?:请听|播送|关注|来看|是)?(?:一组|几条|几则)(?:简讯|短讯|快讯|消息|要闻)|"
        rf"(?:\w{{0,4}})?(?:简讯|簡訊|短讯|短訊|简明新闻|簡明新聞|新闻简报|新聞簡報|快讯|快訊|要闻速览|一句话新闻|集锦|信息快递|综合简讯|要闻集纳|速览|短波|速递|速遞|讯息|訊息|速报|速報){_COUNT}?|"
        r"(?:news |world |local |sports? |business )?(?:in brief|briefs|briefly|round-?up)|news digest|dates for (?:your|the) diary|(?:parish |community |village |what's on )?diary(?: dates)?|"
        r"what's on|coming events|forthcoming events|noticeboard|community (?:calendar|notes)|around (?:the )?(?:town|parish|village|valley|district|county|region|island|schools)",
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
_KINDS = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS), re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:要闻|要聞|综合|綜合|时政|時政|国内|國內|国际|國際|社会|社會|民生|经济|經濟|财经|財經|文化|体育|體育|教育|科技|健康|生活|副刊|"
    r"本地|地方|县域|乡镇|法治|农业|三农|旅游|娱乐|娛樂|特写|专题|專題|人物|专访|調查|调查|天气|天氣|新闻|新聞|聚焦|关注|关注民生|"
    r"news|local|local news|national|international|world|sports?|business|culture|arts|education|science|health|weather|"
    r"community|features?|obituar(?:y|ies)|entertainment|politics|region(?:al)?|courts?|schools?|environment|front page)",
    re.IGNORECASE,
)
_COLUMN_END = re.compile(
    rf"(?:{LETTER}|[“”]){{0,6}}(?:专访|專訪|访谈|訪談|来信|來信|来稿|來稿|来鸿|回音|故事|风采|風采|焦点|焦點|夜话|夜話|时评|時評|专栏|專欄|专版|專版|"
    r"论坛|論壇|随笔|隨筆|杂谈|雜談|漫谈|漫談|纪事|紀事|掠影|剪影|聚焦|观察|觀察|速递|速遞|速览|速覽|传真|傳真|短波|在线|讲堂|講堂|课堂|"
    r"视点|視點|视线|視線|视窗|之窗|看台|天地|园地|園地|驿站|茶座|留言|信箱|热线|直通车|专题|專題|头条|頭條|头版|动态|動態|"
    r"新闻|新聞|要闻|要聞|人物|美食|天气|天氣|气象|氣象|预报|預報|日记|日記|手记|手記|札记|札記|讯息|訊息|短波|诗歌|詩歌|散文|小说|小說|连载|連載|书评|書評|影评|影評|漫画|漫畫|副刊|文苑|文艺|文藝|"
    r"社论|社論|社评|社評|短评|短評|快评|评论员|評論員|开奖|開獎|彩票|菜谱|食谱|问答|問答|答疑|提示|贴士|资讯|資訊|情报|情報|简报|摘登|选登|選登|日历|讣闻|訃聞|"
    r"[帮幫替代][你您][问問]|[你您][问問]我答|有[问問]必答|(?:[师師]|[医醫]生|[专專]家|法官)[说說]法?|会议|改革创新|情况分析|工作交流|经验交流|领导批示|调查研究|理论学习)"
)
_LONGEST_KIND, _LONGEST_CHINESE_KIND, _LONGEST_WORD = 40, 12, 13
_LONGEST_LABEL, _LONGEST_COLUMN, _MOST_WORDS = 6, 4, 3
_NOTICE_WORD = re.compile(
    "(?:更正|致歉|勘误|勘誤)(?:声明|聲明)?|(?:招租|出租|转让|轉讓|求购|招标|招標|拍卖|遗失|寻人|尋人|(?:失物|遗失物)?招领|失物招領)"
)
_MOST_SPACED = 6
_NOTICE_END = re.compile(r"[\w·“”《》、（）]{0,40}(?:公告|通告|启事|啟事|声明|聲明|通知|讣告|訃告|公示|须知|須知)")
_SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的)?(?:编辑|編輯|主编|主編|总编|記者|记者)(?:同志|部|先生|女士|老师|朋友)?(?:们|們|：您好|您好)?\s?[:：，]|"
    r"(?:To the [Ee]ditor|Dear (?:Sir|Madam|Editor)|Sir|Madam|Editor)(?: or Madam|,? ?Sir)?\s?[,:;.—–-]"
)
_DESK = re.compile(
    r"From the (?:Vicar|Rector|Minister|Pastor|Priest|Curate|Editor|Chair(?:man|woman)?|President|Principal|"
    r"Head(?:teacher|master|mistress)?|Director|Mayor|Secretary|Manager|Warden|Captain)|"
    r"[A-Z][\w'’-]*(?: [\w'’-]+){0,2} (?:Corner|Notebook|Diary|Desk)"
)
_NOTICE_HEAD = re.compile(r"(?:public |legal )?notice\b.*|.*\bnotice", re.IGNORECASE)


@remembered
def label(text: str) -> str | None:
    """Return the label that the line `text` is, without its brackets; None where it is something else."""
    bare = text.strip(" \u3000—–-:：")
    if not 2 <= len(bare) <= 24:
        return None
    bracketed = _BRACKETED.fullmatch(bare)
    if bracketed:
        return bracketed[1].strip()
    return bare if _is_column_word(bare) or kind(bare) else None


def name(text: str) -> str:
    """Return the words of the label `text` without the marks round them."""
    return label(text) or text.strip(_MARKS)


def is_column(text: str) -> bool:
    """Say whether `text` names a column whose articles often have no headline: 天气, 图片新闻."""
    bare = label(text)
    if bare is None or kind(bare) in {"notice", "comment"}:
        return False
    named = _is_column_word(bare) and (len(bare) <= _LONGEST_COLUMN or not has_han(bare))
    return named or kind(bare) is not None


def is_desk(text: str) -> bool:
    """Say whether `text` over a headline names who speaks there, or a corner of the paper: From the Editor."""
    return _DESK.fullmatch(text) is not None


def is_like(text: str, below: str, *, usual: bool) -> bool:
    """Say whether `text` has the shape of a label over the headline `below`: a few characters in one piece, far fewer.

    More of them will do where labels are `usual`. An English one is set in capitals, over a headline that is not.
    """
    if not has_han(text):
        return text.isupper() and not below.isupper() and len(text.split()) <= _MOST_WORDS
    short = len(text) <= (_LONGEST_LABEL if usual else _LONGEST_COLUMN)
    return text.isalpha() and short and len(below) >= len(text) + 2


def kind(text: str) -> Kind | None:
    """Return the kind that a label or a collective heading names."""
    return _kind(text) if len(text) <= _LONGEST_KIND else None


@remembered
def _kind(text: str) -> Kind | None:
    bare = _closed(text).strip(_MARKS)
    if len(bare) > _LONGEST_CHINESE_KIND and has_han(bare):
        return None
    match = _KINDS.fullmatch(bare)
    return cast("Kind", match.lastgroup) if match else None


def is_salutation(text: str) -> bool:
    """Say whether `text` opens as a letter does: 编辑同志：, Dear Editor,."""
    return _SALUTATION.match(text) is not None


@remembered
def is_notice(headline: str) -> bool:
    """Say whether a headline is that of a notice: 公告, 关于…的通知, 更 正, 通知 Notice, Notice of …."""
    if not has_han(headline):
        return _NOTICE_HEAD.fullmatch(headline) is not None
    bare = _closed(headline)
    return bool(_NOTICE_END.fullmatch(bare) or _NOTICE_WORD.fullmatch(bare) or kind(bare.split()[0]) == "notice")


def _closed(text: str) -> str:
    """Return `text` without the spaces with which a word of few characters is set wide: 更　正."""
    words = text.split()
    closed = "".join(words)
    spaced = 1 < len(words) <= _MOST_SPACED and len(closed) == len(words) and is_han(closed)
    return closed if spaced else " ".join(words)


def _is_column_word(text: str) -> bool:
    return len(text) <= _LONGEST_WORD and (_COLUMN.fullmatch(text) or _COLUMN_END.fullmatch(text)) is not None
