"""What of a product a question is about: one row an aspect, its name and how buyers ask for it.

The names are the contract with ``bot.actions`` and the product sheet. The seven question kinds of the
source (NL-16) have a module of their own.
"""

import re

from bot.nlu.presale_aspects import PRESALE_ASPECTS
from bot.nlu.spans import Pattern

ASPECTS: dict[str, str] = {
    **{name: "|".join(rows) for name, rows in PRESALE_ASPECTS.items()},
    "material": (
        r"材质|材料|面料|布料|料子|质地|什么(?:料|做的|布|皮|木|棉)|真皮|纯棉|含棉量|含绒量|充绒量|填充物|"
        r"实木|不锈钢的?吗|纯银|足银|鞋底"
    ),
    "origin": (r"产地|哪里?(?:产的?|生产|出的)|产自|什么地方(?:产|生产)|进口的?吗|国产|原产"),
    "shelf_life": (
        r"保质期|生产日期|有效期|过期|日期(?:新鲜|是哪|好不好|怎么样|多少|到什么)|什么时候(?:生产|产)|"
        r"能放多久|开封后|临期|赏味期|新鲜吗"
    ),
    "net_weight": (r"净重|净含量|毛重|多少(?:克|毫升|ml|g|斤|公斤|kg)|几斤|多重|有多沉|重量"),
    "dimensions": (
        r"尺寸|(?<![穿买拍选要得])多大(?![码号])|多长|多宽|多高|长宽高|直径|厚度|多厚|几厘米|多少(?:厘米|公分|cm|米|升)|衣长|肩宽|胸围|"
        r"腰围|裤长|袖长|容量|几升|几寸"
    ),
    "contents": (
        r"[一每][盒包箱袋套份提瓶组罐单](?:有|是|里面?有?|装)?(?:几(?!斤)|多少(?!克|斤|毫升|升|m|g|公))|"
        r"里面(?:有|都有|是|含)(?:什么|啥|几|多少|哪些)|包装清单|(?:都)?包含(?:什么|哪些|啥)|配件|"
        r"有几(?:个|片|包|支|件|条|双|瓶|袋|块)|几(?:片|包|支|瓶|袋|块)装|是一(?:个|对|双|套)(?:吗|还是)|"
        r"带不带|自带|附带|送不送(?:电池|支架|工具)"
    ),
    "packing": (r"(?<!书)包装(?!清单)|礼盒|礼品盒|礼品袋|手提袋|贺卡|塑封|独立装|密封|气泡[柱膜]|包得"),
    "authenticity": (r"正品|真假|真的假的|假货|是真的吗|保真|防伪|专柜|授权|旗舰店吗|正版|原装|高仿|官方"),
    "compatibility": (
        r"支持(?!.{0,3}(?:退|换|货到付款|花呗|分期|发|七天|7天|无理由|自提|微信|支付宝|刷卡))|能配|兼容|适配|"
        r"通用吗|匹配|能不能(?:连|接|配|装在)|可以(?:连|接|配|装在)|"
        r"(?:苹果|安卓|华为|小米|iPhone)[^,。!?]{0,6}(?:能用|可以用|能连|支持|用吗)|能插|接口|"
        r"型号(?:能|可以|对)"
    ),
    "customising": (r"定制|定做|订做|订制|刻字|刻名|印字|印logo|绣字|绣名|改尺寸|个性化"),
    "warranty": (r"质保|保修|保几年|保多久|保换|三包(?=[吗期政凭服])|联保|以换代修|坏了(?:怎么办|保|包换)"),
}


def _constant(name: str) -> Pattern:
    return Pattern("aspect", re.compile(ASPECTS[name], re.IGNORECASE), lambda match: name)


ASPECT_PATTERNS = tuple(_constant(name) for name in ASPECTS)
