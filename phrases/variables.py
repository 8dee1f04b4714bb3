"""Every {variable} that a phrase may hold: what it needs, how it renders, a sample.

A new variable is one record here. Its sample serves the editor's preview and the tests.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from phrases import formats

Facts = Mapping[str, Any]
"""English fact names → JSON values; money in fen, times ISO and aware. None and empty count as not given."""

NAME = re.compile(r"\{([^{}]*)\}")
BLANK = re.compile(r"\*{2,}|\{[^{}]*\}")


@dataclass(frozen=True)
class Variable:
    """`sample` names the facts it needs, in the order `render` takes them, and renders as `result`.

    `fallback`: what an agent's draft says without the facts; empty: a blank stays for the agent to fill.
    """

    name: str
    sample: dict[str, Any]
    render: Callable[..., str]
    result: str
    help: str
    fallback: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(self.sample)

    def find_text(self, facts: Facts) -> str | None:
        """None where a fact is missing or has not the form it should have."""
        values = [facts.get(need) for need in self.needs]
        if any(value is None for value in values):
            return None
        try:
            return self.render(*values) or None
        except (TypeError, ValueError):
            return None


_TABLE = (
    # shop and buyer
    Variable("店铺名", {"shop_name": "云朵小铺"}, formats.text, "云朵小铺", "店铺设置里的店名"),
    Variable("客服花名", {"service_name": "小云"}, formats.text, "小云", "接待客服或机器人的花名"),
    Variable("买家昵称", {"nick": "晴天"}, formats.text, "晴天", "买家的昵称", fallback="亲"),
    Variable("笑脸", {}, formats.smile, "😊", "笑脸表情，任何地方都可以用"),
    # goods
    Variable("商品", {"product": "云朵棉T恤"}, formats.text, "云朵棉T恤", "商品标题", fallback="这款商品"),
    Variable("规格", {"variant": "藏青 L"}, formats.text, "藏青 L", "颜色和尺码", fallback="您选的规格"),
    Variable("可选规格", {"choices": ["白色", "藏青"]}, formats.enumerated, "白色、藏青", "现在有货的颜色或尺码"),
    Variable("属性", {"aspect": "材质"}, formats.text, "材质", "买家问的是商品的哪一方面"),
    Variable("属性内容", {"value": "棉95% 氨纶5%"}, formats.text, "棉95% 氨纶5%", "商品资料里的记录"),
    Variable("商品介绍", {"summary": "圆领短袖，手感柔软"}, formats.text, "圆领短袖，手感柔软", "商品资料里的卖点"),
    Variable("推荐尺码", {"size": "L"}, formats.text, "L", "按尺码表对出的尺码"),
    Variable("到货日期", {"restock_on": "2026-11-28"}, formats.day, "11月28日", "缺货商品预计到货的日子"),
    Variable("数量", {"count": 2}, formats.number, "2", "件数或笔数"),
    # money
    Variable("价格", {"price_fen": 19900}, formats.money, "199元", "现在的售价"),
    Variable("原价", {"list_fen": 25950}, formats.money, "259.50元", "优惠前的价格"),
    Variable("应付金额", {"total_fen": 18900}, formats.money, "189元", "订单一共要付的钱"),
    Variable("优惠价", {"offer_fen": 18900}, formats.money, "189元", "给这位买家的价格"),
    Variable("优惠金额", {"saved_fen": 1000}, formats.money, "10元", "比原来省下的钱"),
    Variable("折扣", {"discount": 950}, formats.discount, "9.5折", "给出的折扣"),
    Variable("期望价", {"asked_fen": 15000}, formats.money, "150元", "买家自己说的价格"),
    Variable("有效期", {"expires_at": "2026-11-23T10:30:00+00:00"}, formats.moment, "11月23日 18:30", "优惠到什么时候"),
    Variable(
        "优惠活动",
        {"promotions": ["满200减20", "满300送袜子"]},
        formats.clauses,
        "满200减20；满300送袜子",
        "进行中的活动",
    ),
    Variable("还差金额", {"gap_fen": 3000}, formats.money, "30元", "离下一档活动还差多少"),
    Variable("下一档优惠", {"next_tier": "满300减40"}, formats.text, "满300减40", "再多买一点就能享受的活动"),
    Variable("赠品", {"gift": "棉袜一双"}, formats.text, "棉袜一双", "活动送的东西"),
    Variable("运费", {"freight_fen": 800}, formats.money, "8元", "这一单的运费"),
    Variable("包邮门槛", {"free_from_fen": 9900}, formats.money, "99元", "满多少包邮"),
    Variable("退款金额", {"refund_fen": 4990}, formats.money, "49.90元", "要退给买家的钱"),
    Variable("补偿金额", {"compensation_fen": 1000}, formats.money, "10元", "补偿给买家的钱或优惠券"),
    # sending
    Variable("截单时间", {"cut_off": "16:30"}, formats.clock, "16:30", "这个时间前付款当天发货"),
    Variable("发货时限", {"dispatch_hours": 48}, formats.hours, "48小时", "付款后多久内发出"),
    Variable("发货地", {"ships_from": "浙江杭州"}, formats.text, "浙江杭州", "从哪里发货"),
    Variable("地区", {"province": "四川"}, formats.text, "四川", "收货的省份或城市", fallback="您那边"),
    Variable("在途天数", {"days": [2, 4]}, formats.span, "2到4天", "路上一般要几天"),
    Variable("快递", {"courier": "圆通"}, formats.text, "圆通", "快递公司", fallback="快递公司"),
    Variable("可选快递", {"couriers": ["圆通", "中通"]}, formats.enumerated, "圆通、中通", "合作的快递公司"),
    Variable("快递电话", {"courier_phone": "95554"}, formats.text, "95554", "快递公司的电话"),
    # orders
    Variable("单号", {"order_no": "XS261120000123"}, formats.text, "XS261120000123", "订单编号"),
    Variable(
        "订单商品", {"goods": "云朵棉T恤 ×2"}, formats.text, "云朵棉T恤 ×2", "订单里的商品", fallback="您买的商品"
    ),
    Variable("订单状态", {"status": "待发货"}, formats.text, "待发货", "订单现在的状态"),
    Variable("付款时间", {"paid_at": "2026-11-20T02:05:00+00:00"}, formats.moment, "11月20日 10:05", "买家付款的时间"),
    Variable(
        "承诺发货时间", {"promised_at": "2026-11-22T02:05:00+00:00"}, formats.moment, "11月22日 10:05", "最晚发货"
    ),
    Variable("发货日期", {"ship_day": "2026-11-23"}, formats.day, "11月23日", "付款后哪天发出"),
    Variable("发货时间", {"dispatched_at": "2026-11-21T08:00:00+00:00"}, formats.moment, "11月21日 16:00", "何时发出"),
    Variable("签收时间", {"signed_at": "2026-11-24T03:20:00+00:00"}, formats.moment, "11月24日 11:20", "何时签收"),
    Variable("确认收货截止", {"confirm_by": "2026-12-01T08:00:00Z"}, formats.moment, "12月1日 16:00", "自动确认的时间"),
    # parcels
    Variable("运单号", {"waybill": "YT8812345678901"}, formats.text, "YT8812345678901", "快递单号"),
    Variable("包裹数", {"parcels": 2}, formats.number, "2", "一笔订单分了几个包裹"),
    Variable("物流时间", {"event_at": "2026-11-22T00:40:00Z"}, formats.moment, "11月22日 08:40", "最近一条物流的时间"),
    Variable("物流地点", {"event_place": "武汉转运中心"}, formats.text, "武汉转运中心", "最近一条物流的地点"),
    Variable("最近物流", {"event_text": "快件已到达"}, formats.text, "快件已到达", "最近一条物流的原文"),
    Variable("预计到达", {"eta": "2026-11-24"}, formats.day, "11月24日", "预计哪天送到"),
    Variable("剩余天数", {"days_left": 2}, formats.days, "2天", "估计还要几天"),
    Variable("取件地点", {"pickup_place": "南门驿站"}, formats.text, "南门驿站", "包裹放在哪里等人取"),
    Variable("异常原因", {"problem": "地址不详"}, formats.text, "地址不详", "快递标出的问题"),
    # after-sale
    Variable("申请编号", {"request_no": "SH2611220003"}, formats.text, "SH2611220003", "售后申请的编号"),
    Variable("申请类型", {"request_kind": "退货"}, formats.text, "退货", "售后申请的种类", fallback="售后"),
    Variable("原因", {"reason": "尺码不合适"}, formats.text, "尺码不合适", "买家申请的原因"),
    Variable("规则", {"rule": "签收7天内支持无理由退货"}, formats.text, "签收7天内支持无理由退货", "适用的规则"),
    Variable("处理进度", {"step": "接收商品"}, formats.text, "接收商品", "售后申请走到哪一步"),
    Variable("可选方案", {"remedies": ["补发", "退款"]}, formats.enumerated, "补发、退款", "买家可以选的处理方式"),
    Variable("质保", {"warranty": "12个月"}, formats.text, "12个月", "质保多久"),
    Variable("投诉编号", {"complaint_no": "TS2611220001"}, formats.text, "TS2611220001", "投诉登记的编号"),
    # people
    Variable("回复时间", {"due_at": "2026-11-22T03:00:00+00:00"}, formats.moment, "11月22日 11:00", "同事何时之前回复"),
    Variable("客服组", {"group": "售后组"}, formats.text, "售后组", "接手的客服组"),
    Variable("排队位置", {"position": 3}, formats.number, "3", "排队等人工的次序"),
    Variable("上班时间", {"opens_at": "2026-11-23T01:00:00+00:00"}, formats.moment, "11月23日 09:00", "人工何时上班"),
    Variable("剩余次数", {"tries_left": 4}, formats.number, "4", "核对订单还可以试几次"),
    Variable(
        "问题",
        {"question": "可以机洗吗"},
        formats.quote,
        "可以机洗吗",
        "买家的原话，过长会截短",
        fallback="您问的这一点",
    ),
)

VARIABLES = {variable.name: variable for variable in _TABLE}
SAMPLE_FACTS = {fact: value for variable in _TABLE for fact, value in variable.sample.items()}


def find_names(text: str) -> tuple[str, ...]:
    """Variable names in a text, each once, in order."""
    return tuple(dict.fromkeys(NAME.findall(text)))


def find_blanks(text: str) -> list[str]:
    """What a person still has to fill before a buyer may see the text: `***` and {…} (requirement PH-14)."""
    return BLANK.findall(text)


def fill_known(text: str, facts: Facts) -> str:
    """Replaces in one pass what the facts give; facts' own text is never looked at again."""

    def known(match: re.Match[str]) -> str:
        variable = VARIABLES.get(match[1])
        return (variable.find_text(facts) if variable else None) or match[0]

    return NAME.sub(known, text)
