"""The numbers that the owner sets: type, default, range, help text. Amounts that no source gives are demo values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from enum import Enum
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from shop.errors import FieldWrong
from shop.freight import wrong_in
from shop.model.catalogue import FreightRegion
from shop.model.payouts import PayoutCause, PayoutForm


class RuleRefused(FieldWrong):
    """`why` in words for the person who set it; `field`, `label`, `low`, `high` say which rule and what it takes."""


@dataclass(frozen=True)
class DiscountTier:
    """For prices from `from_fen` on: how much may come off, per mille of the price, by role."""

    from_fen: int
    bot: int
    agent: int
    supervisor: int


@dataclass(frozen=True)
class RoleLimits:
    """How much each role may give for one order in all, in fen; the manager as much as was paid."""

    presale: int
    agent: int
    leader: int
    supervisor: int


class CompensationWay(str, Enum):
    FIXED = "固定金额"
    SHARE = "按实付比例"


@dataclass(frozen=True)
class Compensation:
    """What is offered for a cause: `amount_fen`, or `share` per mille of what was paid and at most `cap_fen`."""

    cause: PayoutCause
    form: PayoutForm
    way: CompensationWay
    amount_fen: int = 5_00
    share: int = 100
    cap_fen: int = 20_00


def _share(cause: PayoutCause, share: int, cap_fen: int) -> Compensation:
    return Compensation(cause, PayoutForm.CASH, CompensationWay.SHARE, share=share, cap_fen=cap_fen)


@dataclass(frozen=True)
class WorkingHours:
    """`days` 0 = Monday. `ends` before `starts`: over midnight."""

    days: tuple[int, ...]
    starts: time
    ends: time


@dataclass(frozen=True)
class Shift:
    starts: time
    ends: time


@dataclass(frozen=True)
class SpecialDay:
    """A day with hours of its own, whatever weekday it is: a holiday (no shifts) or a working day in its place."""

    day: date
    shifts: tuple[Shift, ...]
    name: str = ""


class ReceptionMode(str, Enum):
    """Who receives a buyer who comes."""

    PERSON_FIRST = "人工优先"
    """A free person; the bot where there is none."""
    BOT_FIRST = "助手优先"
    SHARED = "混合"
    """`share` percent go to a person as under 人工优先."""
    ASSISTED = "辅助"
    """A person, for whom the bot drafts."""


@dataclass(frozen=True)
class ReceptionSpan:
    """The mode from `starts` to `ends` (over midnight where it ends before it starts), every day."""

    starts: time
    ends: time
    mode: ReceptionMode
    share: int = 50


SPEECH_KINDS = MappingProxyType(
    {
        "rude": "不文明",
        "divert": "引到店外",
        "forbid": "不行、不知道一类",
        "promise": "过度承诺",
        "exaggerate": "夸大、极限词",
        "privacy": "个人隐私",
        "price": "超出权限的价格",
        "tone": "语气生硬",
    }
)
"""What may be wrong with a draft, as people call it. Blanks and the shop's own words are always stopped."""


def rule(
    default: Any,
    label: str,
    help: str,
    low: int | None = None,
    high: int | None = None,
    *,
    sample: Any = None,
    choices: Mapping[str, str] | None = None,
) -> Any:
    """A rule with its page entry; whole numbers carry their range, inclusive. `sample` shows the type of a value
    where the default, being empty, does not. `choices`: the only words that a list may hold, as people call them.
    """
    shown = default if sample is None else sample
    facts = {"label": label, "help": help, "low": low, "high": high, "sample": shown, "choices": choices}
    return field(default=default, metadata=facts)


@dataclass(frozen=True)
class Policy:
    # bargaining
    discount_tiers: tuple[DiscountTier, ...] = rule(
        (
            DiscountTier(0, 20, 50, 100),
            DiscountTier(100_00, 30, 60, 120),
            DiscountTier(300_00, 50, 80, 150),
            DiscountTier(1000_00, 40, 80, 120),
        ),
        "议价权限",
        "每档价格起，机器人、客服、主管各自最多可让百分之几；示例值，请按店铺情况修改",
    )
    offer_hours: int = rule(24, "优惠有效期(小时)", "给出的专属优惠在多久内有效", 1, 720)
    bargain_rounds: int = rule(3, "议价轮数", "议价超过几轮转人工", 1, 10)
    approval_minutes: int = rule(30, "审批提醒(分钟)", "议价申请多久未处理提醒主管", 1, 1440)
    # money that goes back
    refund_limits: RoleLimits = rule(  # noqa: RUF009  # makes the field
        RoleLimits(0, 100_00, 300_00, 1000_00),
        "退款权限",
        "一笔订单各角色最多可直接退多少；超出的请示上级，经理不受限，合计不超过买家实付",
    )
    compensation_limits: RoleLimits = rule(  # noqa: RUF009  # makes the field
        RoleLimits(0, 20_00, 50_00, 200_00),
        "补偿权限",
        "一笔订单各角色最多可直接补偿多少；超出的请示上级，经理不受限，与退款合计不超过买家实付",
    )
    compensations: tuple[Compensation, ...] = rule(
        (
            _share(PayoutCause.LATE, 200, 20_00),
            _share(PayoutCause.LOST, 200, 50_00),
            _share(PayoutCause.DAMAGED, 200, 50_00),
            _share(PayoutCause.WRONG, 100, 30_00),
            _share(PayoutCause.QUALITY, 200, 50_00),
            Compensation(PayoutCause.SERVICE, PayoutForm.COUPON, CompensationWay.FIXED, amount_fen=5_00),
        ),
        "补偿标准",
        "什么原因补偿多少；客服补偿时先填这个数，机器人登记的不超过它，没有列出的原因转人工；示例值",
        sample=(Compensation(PayoutCause.LATE, PayoutForm.CASH, CompensationWay.FIXED),),
    )
    # people
    working_hours: tuple[WorkingHours, ...] = rule(
        (WorkingHours((0, 1, 2, 3, 4, 5, 6), time(9, 0), time(21, 30)),),
        "人工服务时间",
        "此时间外转人工会告知最近的上班时间",
    )
    special_days: tuple[SpecialDay, ...] = rule(
        (),
        "节假日与调休",
        "这一天按这里的时间上班，不看星期；没有时段即放假",
        sample=(SpecialDay(date(2026, 10, 1), (Shift(time(9, 0), time(18, 0)),), "国庆节"),),
    )
    reception: tuple[ReceptionSpan, ...] = rule(
        (ReceptionSpan(time(0, 0), time(0, 0), ReceptionMode.BOT_FIRST),),
        "接待方式",
        "按时段决定买家进店先由谁接待；没有列出的时段为助手优先",
    )
    max_buyers: int = rule(10, "同时接待上限", "一位客服最多同时接待多少位买家", 1, 200)
    away_minutes: int = rule(5, "离开判定(分钟)", "多久没有操作自动示忙", 1, 120)
    offline_seconds: int = rule(90, "掉线判定(秒)", "工作台关闭多久视为离线", 10, 3600)
    answer_seconds: int = rule(180, "回复时限(秒)", "买家等人工答复多久算超时", 10, 3600)
    warn_seconds: int = rule(60, "超时预警(秒)", "离超时还有多久开始提醒", 5, 1800)
    excuse_seconds: int = rule(120, "致歉提示(秒)", "客服多久没回复时向买家致歉并提醒主管，0 为不提示", 0, 3600)
    remind_minutes: int = rule(10, "买家静默提醒(分钟)", "答复后买家多久没说话提醒一次，0 为不提醒", 0, 1440)
    close_minutes: int = rule(30, "自动结束(分钟)", "答复后买家多久没说话自动结束，0 为不结束", 0, 10080)
    reopen_minutes: int = rule(
        60, "回访找原客服(分钟)", "结束后多久内买家再来直接找原客服，0 为先由机器人接待", 0, 1440
    )
    recall_seconds: int = rule(120, "撤回时限(秒)", "客服发出的消息多久内可以撤回", 0, 600)
    queue_alert: int = rule(10, "排队预警(人)", "排队超过多少人提醒主管", 1, 1000)
    session_hours: int = rule(12, "登录有效期(小时)", "客服登录后多久需要重新登录", 1, 168)
    sign_in_tries: int = rule(5, "登录尝试次数", "十五分钟内输错几次后暂停登录", 2, 50)
    speech_blocked: tuple[str, ...] = rule(
        ("rude", "divert"),
        "禁止发送的用语",
        "客服草稿里出现这些类别的用语时不能发送，其余只提醒",
        choices=SPEECH_KINDS,
    )
    forbidden_words: tuple[str, ...] = rule((), "店铺禁用词", "店铺自己不希望出现的词，一律不能发送", sample=("词",))
    call_back_minutes: int = rule(30, "留言回复时限(分钟)", "需要核实的问题多久内回复买家", 1, 2880)
    complaint_minutes: int = rule(120, "投诉回复时限(分钟)", "投诉登记后多久内回复买家", 1, 2880)
    # parcels
    freight_regions: tuple[FreightRegion, ...] = rule(
        (),
        "运费与配送",
        "寄到哪里多少钱；不选省份的一行是「其他地区」，没有这一行就只送列出的省份；一行也没有时机器人不报运费，转人工核实",
        sample=(FreightRegion(("浙江",)),),
    )
    first_scan_hours: int = rule(24, "首条物流时限(小时)", "发货后多久应有第一条物流", 1, 168)
    still_hours: int = rule(48, "停滞判定(小时)", "物流多久没有更新视为停滞", 1, 240)
    # after-sale
    return_days: int = rule(7, "无理由退货(天)", "签收后多少天内可无理由退货", 7, 90)
    exchange_days: int = rule(15, "换货(天)", "签收后多少天内可换货", 7, 90)
    quality_days: int = rule(30, "质量问题(天)", "签收后多少天内质量问题可退换", 7, 365)
    price_protection_days: int = rule(15, "价保(天)", "付款后多少天内降价可退差价，0 为不提供", 0, 90)
    extend_days: int = rule(3, "延长收货(天)", "每次延长确认收货的天数，每单一次", 1, 15)
    confirm_days: int = rule(10, "自动确认收货(天)", "发货后多少天自动确认收货", 7, 30)
    compensation_max_fen: int = rule(20_00, "补偿上限(分)", "机器人可登记的补偿申请上限；超出转主管", 0, 1000_00)
    # understanding
    sure_percent: int = rule(50, "直接回答(%)", "识别把握不低于此值时直接回答", 10, 99)
    offer_percent: int = rule(8, "列为选项(%)", "没把握时，可能性不低于此值的才问买家是不是；一个也没有就转人工", 1, 50)
    misses: int = rule(2, "听不懂次数", "连续几次没听懂转人工", 1, 5)
    angry_messages: int = rule(2, "生气条数", "买家连续几条消息在生气就转人工", 1, 10)
    thought_seconds: int = rule(3, "等下半句(秒)", "一句话分几条发时，没说完的那条等多久再答，0 为不等", 0, 15)
    exam_slack: int = rule(
        0, "考题容差(题)", "教机器人之后，新模型在考题上最多可以少答对几题还算可用；0 为一题都不能少", 0, 30
    )
    # window
    text_limit: int = rule(2000, "消息长度上限(字)", "一条消息最多多少字", 100, 5000)
    burst_messages: int = rule(20, "频率上限(条)", "一个会话在下面的时间内最多发多少条", 3, 1000)
    burst_seconds: int = rule(10, "频率时间(秒)", "频率上限所看的时间", 1, 600)
    prompt_seconds: int = rule(0, "主动招呼(秒)", "买家打开窗口多久没说话时主动问候一次，0 为不问候", 0, 3600)
    picture_megabytes: int = rule(5, "图片上限(MB)", "一张图片最大多少兆字节", 1, 20)
    verify_tries: int = rule(5, "验证次数", "游客核对订单最多可试几次，超过转人工", 1, 20)
    turn_seconds: int = rule(8, "机器人应答时限(秒)", "超过即重试一次，再超过转人工", 1, 60)

    def __post_init__(self) -> None:
        for item in fields(self):
            low, high, value = item.metadata["low"], item.metadata["high"], getattr(self, item.name)
            if isinstance(value, int) and not ((low is None or low <= value) and (high is None or value <= high)):
                raise refusal(item.name, value, "超出了可填的范围")
        tiers, days = self.discount_tiers, [special.day for special in self.special_days]
        steps = [tier.from_fen for tier in tiers]
        grows = all(lower < upper for lower, upper in pairwise(steps))
        self._check("discount_tiers", steps[:1] == [0] and grows, "第一档从 0 元起，各档价格由低到高、不重复")
        right = all(0 <= t.bot <= t.agent <= t.supervisor <= 900 for t in tiers)
        self._check("discount_tiers", right, "机器人不超过客服、客服不超过主管，主管最多让 90%")
        for name in ("refund_limits", "compensation_limits"):
            limits = getattr(self, name)
            rising = [limits.presale, limits.agent, limits.leader, limits.supervisor]
            self._check(name, rising[0] >= 0 and rising == sorted(rising), "售前、客服、组长、主管要依次不减少")
        causes = [row.cause for row in self.compensations]
        self._check("compensations", len(causes) == len(set(causes)), "同一原因只能写一行")
        wrong = wrong_in(self.freight_regions)
        self._check("freight_regions", not wrong, wrong)
        week = all(0 <= day <= 6 for hours in self.working_hours for day in hours.days)
        self._check("working_hours", week, "一周只有七天")
        self._check("special_days", len(days) == len(set(days)), "同一天只能写一次")
        self._check("reception", all(0 <= span.share <= 100 for span in self.reception), "比例在 0 到 100 之间")
        kinds = {item.name: item.metadata["choices"] for item in fields(self) if item.metadata["choices"]}
        for name, known in kinds.items():
            self._check(name, set(getattr(self, name)) <= set(known), "请从列出的几种里选")

    def _check(self, name: str, holds: bool, why: str) -> None:
        if not holds:
            raise refusal(name, getattr(self, name), why)

    def tier_for(self, price_fen: int) -> DiscountTier:
        """The tier that a price falls into."""
        return max((t for t in self.discount_tiers if t.from_fen <= price_fen), key=lambda t: t.from_fen)


def refusal(name: str, value: object, why: str) -> RuleRefused:
    """Of a value of rule `name`."""
    facts = Policy.__dataclass_fields__[name].metadata
    label = facts["label"].partition("(")[0]
    return RuleRefused(field=name, label=label, value=value, low=facts["low"], high=facts["high"], why=why)
