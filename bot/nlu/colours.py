"""Colours in general, whatever the shop sells: canonical name and how else buyers write it."""

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
    "柠檬黄", "姜黄", "鹅黄", "奶黄", "原木色", "胡桃色", "木色", "花色", "黑白格", "纯黑",
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
