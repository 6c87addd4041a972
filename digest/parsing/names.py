"""Names of people, as far as their shape tells: Chinese surnames and the capitals of Western names."""

import re

from digest.text import is_han

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易"
    "乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管"
    "柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟"
    "邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯齊喬龐顏莊聶魯歐關蘭寧紀畢塗駱藍華饒"
    "溫陽時農繆簡車連蘆麥婁竇黨宮費衛應閔鄔邊師榮叢鞏遲鄺"
    "乌乜习亓仉仝伊伏佴侍傅储元冀冮况冼凤劳勾匡危卿厉厍咸哈堵墨夔奚宓宣宿封尉屠岩嵇巴帅帖幸庾廉弓弘惠慕"
    "戈戎戢扈扶揭敬昌昝晁晋暨杭桓殳汝沃洪浦湛濮燕狄璩甯皮禹笪粟糜缐缑羊羿胥芮苌苍茅茹荀荆萧蒯蓟蔚蔺"
    "衡裘訾计谈谯贲赖赫蹇辜逄逯那邰邴邸郈郏郗郜郦鄂鄢酆钦钭钮闻阎阙阚隆隗雍雒鞠韶鹿"
    "乐鄢贝池邸楚蔣賴鐘樂單"
    "儲勞厲壽寶練聞蒼藺計談豐貝賁酈鈕項鮑鳳"
)
_COMPOUNDS = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐司徒夏侯端木鲜于闻人申屠太史宇文长孙呼延独孤南宫轩辕万俟钟离澹台公冶宗政"
    "濮阳淳于单于太叔仲孙赫连司空公羊西门东郭南门羊舌微生梁丘左丘巫马公西漆雕乐正壤驷公良拓跋夹谷段干相里谷梁纳兰完颜"
    "叶赫范姜張簡歐陽司馬諸葛東方尉遲公孫鮮于聞人長孫獨孤南宮軒轅鍾離澹臺濮陽單于仲孫赫連西門東郭巫馬樂正壤駟納蘭完顏"
    "葉赫"
)
_COMPOUND = frozenset(_COMPOUNDS[at : at + 2] for at in range(0, len(_COMPOUNDS), 2))
_DOT = re.compile("[·•・‧]")
_LONGEST, _LONGEST_PART, _MOST_PARTS = 4, 8, 4
_WORD = r"(?:[A-Z][\w'’-]*\.?|(?:de|da|van|von|der|den|la|le|bin|binti|al|el|dos|di|du|y)\b)"
_WESTERN = re.compile(rf"(?:(?:Dr|Prof|Sir|Mrs?|Ms|Revd?)\.? )?{_WORD}(?: {_WORD}){{0,4}}")


def is_name(text: str) -> bool:
    """Say whether `text` has the shape of a Chinese name."""
    if is_han(text):
        return 2 <= len(text) <= _LONGEST
    parts = _DOT.split(text)
    return 2 <= len(parts) <= _MOST_PARTS and all(len(part) <= _LONGEST_PART and is_han(part) for part in parts)


def is_sure_name(text: str) -> bool:
    """Say whether `text` has the shape of a Chinese name and begins with a surname."""
    surnamed = text[:1] in _SURNAMES or text[:2] in _COMPOUND
    return (surnamed or _DOT.search(text) is not None) and is_name(text)


def is_western(text: str) -> bool:
    """Say whether `text` has the shape of a Western name: one to five capitalised words."""
    return len(text) <= 60 and _WESTERN.fullmatch(text) is not None
