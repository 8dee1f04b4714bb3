"""The word check: what is not said to a buyer, and what is said in its place (requirements, section 6)."""

import re
from dataclasses import dataclass
from enum import Enum


class SpeechKind(str, Enum):
    FORBID = "forbid"
    PROMISE = "promise"
    EXAGGERATE = "exaggerate"


@dataclass(frozen=True)
class SpeechRule:
    pattern: re.Pattern[str]
    kind: SpeechKind
    advice: str


@dataclass(frozen=True)
class Finding:
    """`text[start:end] == word`."""

    start: int
    end: int
    word: str
    kind: SpeechKind
    advice: str


def _rules(kind: SpeechKind, *rows: tuple[str, str]) -> tuple[SpeechRule, ...]:
    return tuple(SpeechRule(re.compile(pattern), kind, advice) for pattern, advice in rows)


# Look-arounds spare the harmless: 行不行, 能不能, 迷你, 不一定, 第一次 …
RULES = (
    *_rules(
        SpeechKind.FORBID,
        (r"(?<!迷)你", "用“您”"),
        (r"(?<!行)不行(?![走驶])", "换成“抱歉，这一点有些为难，您看……可以吗”"),
        (r"(?<!知)不知道|不清楚(?=[。，！？,.!?]|$)", "换成“我帮您核实一下，稍后回复您”"),
        (r"(?<!可)不可以", "换成“抱歉，目前支持的是……”"),
        (r"(?<!能)不能(?!不)|(?<=[功性]能)不能", "换成“目前暂时还……”，再说能做什么"),
        (r"没有?办法|没法(?![国式兰])|无法|办不到|做不了", "换成“抱歉，超出了我能做到的范围”，再给下一步"),
        (r"不归我们?管|不关我们?的?事|关我们?什么事|不是我们的?(?:责任|问题)|跟我们没关系", "不推卸，换成“我帮您跟进”"),
        (r"[您自]己?去?找快递(?:公司|员)?(?:吧|去|问)|这是快递的(?:责任|问题)", "换成“我帮您联系快递核实”"),
        (r"是不是您自己(?:弄|摔|用)|您确定不是您|谁知道是不是", "不怀疑买家，换成“方便拍张照片吗，好尽快帮您处理”"),
        (
            r"爱买不买|自己看|急什么|都说了|说了多少[次遍]|看不懂吗|听不懂吗|废话|别烦|烦不烦",
            "换成平和的说法，再解释一次",
        ),
        (r"白痴|脑残|神经病|有病|闭嘴|傻(?!瓜)|(?<![翻打])滚(?![筒轮烫动边珠刷])", "去掉不文明的词"),
        (r"[!！]{3,}|[?？]{3,}", "语气放平，用一个标点"),
    ),
    *_rules(
        SpeechKind.PROMISE,
        (r"(?<![不有统])一定(?!程度|数?量|的[一-鿿])", "换成“我们会尽力”，或写明具体时间"),
        (r"保证(?!金)|担保(?!交易)", "换成“我们会认真跟进”"),
        (r"(?<![的到不])肯定(?!句)", "换成“预计”或“一般来说”"),
        (r"绝对(?![值湿])|必定|百分之?百", "去掉，或换成事实"),
        (r"包[赔退换](?!货政策)|包您|假一赔", "换成适用的规则"),
        (r"[今明后]天(?:就|准|能)[^，。,.]{0,3}到|准时(?:送|发|到)", "换成“预计……前后送到”"),
    ),
    *_rules(
        SpeechKind.EXAGGERATE,
        (r"最(?:好|优|佳|低|便宜|实惠|划算|强|棒|美|火|热|畅销|高级|先进|受欢迎|安全|正宗|靠谱|大的?优惠)", "换成事实"),
        (r"卖得?的?最|性价比最|性价比之王", "换成“店里的热销款”，并且只用于热销商品"),
        (r"第一(?![次时步条天个项件位页张款批种轮段周行层])", "去掉排名"),
        (r"(?<!\d)100\s*[%％](?!\s*(?:纯?棉|亚?麻|羊[毛绒]|桑?蚕丝|真丝|聚酯))", "去掉，成分写进商品资料"),
        (
            r"根治|治愈|特效|神器|无副作用|没有副作用|独一无二|国家级|顶级|极品|史无前例|永不|全网(?:独家|首)",
            "只说商品资料里的",
        ),
    ),
)


def check(text: str) -> list[Finding]:
    """Every hit, from left to right."""
    found = [
        Finding(hit.start(), hit.end(), hit[0], rule.kind, rule.advice)
        for rule in RULES
        for hit in rule.pattern.finditer(text)
    ]
    return sorted(found, key=lambda finding: finding.start)
