"""Colours in general, whatever the shop sells: canonical name and how else buyers write it."""

import re

from bot.nlu.spans import Pattern

# A single character is a colour only in front of these: 黑的, 白款.
_AFTER_ONE_CHARACTER = ("的", "款")
_ONE_CHARACTER = "黑白红黄蓝绿紫灰粉棕"

_NAMED = (
    "黑色", "白色", "红色", "黄色", "蓝色", "绿色", "紫色", "灰色", "粉色", "棕色", "橙色", "橘色", "青色",
    "褐色", "咖色", "金色", "银色", "彩色", "透明色", "米白", "米色", "杏色", "驼色", "卡其", "卡其色", "军绿",
    "墨绿", "草绿", "果绿", "薄荷绿", "豆绿", "藏青", "藏蓝", "宝蓝", "天蓝", "深蓝", "浅蓝", "湖蓝", "雾霾蓝",
    "克莱因蓝", "牛仔蓝", "酒红", "枣红", "大红", "玫红", "玫瑰红", "砖红", "西瓜红", "豆沙色", "粉红", "浅粉",
    "藕粉", "樱花粉", "香芋紫", "浅紫", "深紫", "深灰", "浅灰", "银灰", "烟灰", "奶白", "象牙白", "纯白",
    "本白", "乳白", "燕麦色", "焦糖色", "咖啡色", "巧克力色", "香槟色", "玫瑰金", "奶茶色", "裸色", "肤色",
    "柠檬黄", "姜黄", "鹅黄", "奶黄", "原木色", "胡桃色", "胡桃木色", "木色", "花色", "黑白格", "纯黑",
    "抹茶绿", "牛油果绿", "橄榄绿", "孔雀绿", "孔雀蓝", "松石绿", "翡翠绿", "荧光绿", "荧光黄", "海军蓝", "电光蓝",
    "远峰蓝", "星空灰", "太空灰", "深空灰", "深空黑", "曜石黑", "午夜黑", "珍珠白", "月光白", "月光银", "星光色",
    "钛金色", "珊瑚红", "珊瑚橘", "铁锈红", "车厘子红", "番茄红", "枫叶红", "姨妈红", "正红", "朱红", "胭脂红", "脏粉",
    "烟粉", "蜜桃粉", "裸粉", "芭比粉", "薰衣草紫", "葡萄紫", "茄紫", "奶咖", "摩卡色", "可可色", "栗色", "茶色",
    "亚麻色", "沙色", "大地色", "肉色", "古铜色", "青铜色", "琥珀色", "雾霾紫", "雾霾粉", "灰蓝", "蓝灰",
    "灰绿", "灰粉", "灰紫", "黑金", "黑白", "红黑", "粉白", "蓝白", "渐变色", "拼色", "撞色", "迷彩色", "豹纹",
)  # fmt: skip

GENERAL_COLOURS: dict[str, tuple[str, ...]] = {
    **{name: (name, *(() if name.endswith("色") else (f"{name}色",))) for name in _NAMED},
    **{f"{one}色": (f"{one}色", *(one + after for after in _AFTER_ONE_CHARACTER)) for one in _ONE_CHARACTER},
    "卡其色": ("卡其色", "卡其"),
}
# These hold a colour's characters and mean none; being longer, they keep the colour from being found.
NOT_COLOURS = (
    "奶粉的",
    "空白的",
    "明白的",
    "蛋白的",
    "面粉的",
    "米粉的",
    "花粉的",
    "药粉的",
    "大红袍",
    "口红的",
    "腮红的",
)
del GENERAL_COLOURS["卡其"]  # 卡其 and 卡其色 are one

_BASE = "黑白红黄蓝绿紫灰粉棕橙橘青褐咖金银杏"
_SHADE = "深浅淡暗亮嫩"
_PLAIN = "黑白红黄蓝绿紫灰粉棕"


def _shaded(match: re.Match[str]) -> str:
    return match["at"].removesuffix("色")


def _plain(match: re.Match[str]) -> str:
    return f"{match['at']}色"


COLOUR_PATTERNS = (
    Pattern("colour", re.compile(rf"(?P<at>[{_SHADE}][{_BASE}]色?)"), _shaded),
    Pattern("colour", re.compile(rf"(?P<at>[{_BASE}][{_BASE}]色)"), _shaded),
    # 黑XL, 白41码, XL 黑: one character beside a size, or all that is wished for.
    Pattern(
        "colour", re.compile(rf"(?P<at>[{_PLAIN}]) ?(?=(?:[2-6]?X*[LSM](?![A-Za-z])|均码|[34]\d码))", re.I), _plain
    ),
    Pattern("colour", re.compile(rf"(?<=[LSMlsm码]) ?(?P<at>[{_PLAIN}])(?=[ ,。的]|\Z)"), _plain),
    Pattern("colour", re.compile(rf"(?:要|换成?|改成?)(?P<at>[{_PLAIN}])(?=[ ,。吧]|\Z)"), _plain),
)
