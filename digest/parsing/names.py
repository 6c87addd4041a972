"""Names of people, as far as their shape tells: Chinese surnames and the capitals of Western names."""

import re

from digest.text import HAN

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易"
    "乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管"
    "柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟"
    "邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯齊喬龐顏莊聶魯歐關蘭寧紀畢塗駱藍華饒"
    "陽時農繆簡車連蘆麥婁竇黨宮費衛應閔鄔邊師榮叢鞏遲鄺"
)
_HAN_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}(?:[·•・‧][{HAN}]{{1,8}}){{1,3}}")
_WORD = r"(?:[A-Z][\w'’-]*\.?|(?:de|da|van|von|der|den|la|le|bin|binti|al|el|dos|di|du|y)\b)"
_WESTERN = re.compile(rf"(?:(?:Dr|Prof|Sir|Mrs?|Ms|Rev)\.? )?{_WORD}(?: {_WORD}){{0,4}}")


def is_name(text: str) -> bool:
    """Say whether `text` has the shape of a Chinese name."""
    return _HAN_NAME.fullmatch(text) is not None


def is_sure_name(text: str) -> bool:
    """Say whether `text` has the shape of a Chinese name and begins with a surname."""
    return is_name(text) and (text[0] in _SURNAMES or bool(re.search("[·•・‧]", text)))


def is_western(text: str) -> bool:
    """Say whether `text` has the shape of a Western name: one to five capitalised words."""
    return len(text) <= 60 and _WESTERN.fullmatch(text) is not None
