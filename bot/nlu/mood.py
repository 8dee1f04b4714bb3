"""How a buyer feels, read off the words: a light signal beside the intent, for the tone of the answer (NL-25)."""

import re
from enum import Enum

MOOD = "mood"
"""Attribute of a message: the value of a Mood, or empty."""


class Mood(str, Enum):
    ANGRY = "生气"
    ANXIOUS = "着急"
    JOKING = "说笑"


_SIGNS: tuple[tuple[Mood, re.Pattern[str]], ...] = (
    (
        Mood.ANGRY,
        re.compile(
            r"垃圾(?![桶袋篓箱铲车站分处])|骗子|骗人|骗我|忽悠|坑(人|我|爹|死)|黑店|奸商|恶心|气死|气人|火大|无语|过分|离谱|缺德|不要脸|"
            r"什么(玩意|态度|鬼|垃圾)|(这|是|你们)(都|算)?什么(破|服务)|啥(玩意|破)|态度(太|这么|真)?(差|恶劣|不好)|敷衍|糊弄|"
            r"耍(我|人)|踢皮球|当我(傻|好欺负)|差评|投诉|12315|曝光|工商|消协|举报|起诉|法院|再也不(来|买)|最后一次(买|在你)|"
            r"后悔(买|在你)|失望|(?<!衣)服了你?们?[!！。]?$|搞(什么(鬼|飞机|名堂|啊|呢)|笑呢|毛)|有没有(良心|搞错)|"
            r"他妈|妈的|tmd|nnd|滚(蛋|开|吧|出)|^滚|去死|破(玩意|店|东西|服务|快递)|"
            r"^(?!.*(谢|喜欢|好看|棒|赞|爱|哈|太好|满意)).*[!！]{2,}",
            re.IGNORECASE,
        ),
    ),
    (
        Mood.ANXIOUS,
        re.compile(
            r"急(死|用|着|等|需|的很|得很|啊|！|!)|(很|好|特别|非常|挺|有点|真的|就是)急|着急|心急|急急|赶(时间|着|车|飞机)|等着(用|穿|吃|送)|来不及|"
            r"(今天|明天|后天|今晚|马上|周末)[^,。!?]{0,4}(就要|要用|要穿|要走|出门|办事|结婚|过生日)|担心|害怕|怕(来不及|赶不上|丢)|"
            r"赶不上|怎么办(啊|呀|呢)|咋办|求求|拜托|快点(吧|啊|呀)"
        ),
    ),
    (
        Mood.JOKING,
        re.compile(r"哈哈|嘿嘿|嘻嘻|23333?|笑死|逗(你|死|我)|开(个)?玩笑|[😂🤣😆😜😝🤪😄😁🐶]|doge|hhh", re.IGNORECASE),
    ),
)
"""In the order of weight: 哈哈真行啊垃圾店 is anger."""


def find_mood(text: str) -> Mood | None:
    """The strongest mood that the words (normalised or not) show; None is the usual case."""
    return next((mood for mood, signs in _SIGNS if signs.search(text)), None)
