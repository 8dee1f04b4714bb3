"""The table of after-sale kinds: when, with what proof, in which steps, and what the buyer may choose. NL-08, AS-04."""

from dataclasses import dataclass
from enum import Enum

from shop.aftersales.windows import Window
from shop.model import AfterSaleKind, AfterSaleStep, OrderStatus
from shop.orders import ON_THE_WAY, RECEIVED


class Payer(str, Enum):
    """Who pays for the parcel back."""

    SHOP = "店铺承担"
    BUYER = "买家承担"
    NOBODY = "无需寄回"


REFUND = "退款"
EXCHANGE = "换货"
REPAIR = "维修"
RESEND = "补发"
DIFFERENCE = "退差价"
COMPENSATION = "补偿"


@dataclass(frozen=True)
class Remedy:
    """`window` None: as long as the kind itself."""

    name: str
    window: Window | None = None


@dataclass(frozen=True)
class Step:
    """`phrase` is the library key of what the buyer is told in it."""

    step: AfterSaleStep
    phrase: str


@dataclass(frozen=True)
class KindRule:
    """`window` None: no time limit. `when` says in words what `statuses` means, for whom it refuses."""

    statuses: frozenset[OrderStatus]
    when: str
    steps: tuple[Step, ...]
    group: str
    """The people who see to it."""
    window: Window | None = None
    remedies: tuple[Remedy, ...] = ()
    usual: str = ""
    """The remedy where the buyer named none; empty: it stays open."""
    photos: bool = False
    """Asked for as proof (AS-08, AS-09)."""
    postage: Payer = Payer.NOBODY
    return_exception: bool = False
    """Refused for products that have one."""
    conditions: tuple[str, ...] = ()
    """What the goods must be like (AS-32)."""
    refunds_freight: bool = False


def _steps(name: str, *steps: AfterSaleStep) -> tuple[Step, ...]:
    return tuple(Step(step, f"step_{name}_{step.name.lower()}") for step in steps)


_TALK, _RECEIVE, _CONFIRM, _SOLVE = AfterSaleStep
_PAID = frozenset(OrderStatus) - {OrderStatus.UNPAID, OrderStatus.CLOSED}
_SENT = ON_THE_WAY | RECEIVED
_QUALITY = Window("签收后{days}天内质量问题可退换", "quality_days")
_WARRANTY = Window("签收后{span}内可保修", "quality_days", warranty=True)
_REFUND = Window("签收后{days}天内可申请退款", "quality_days")

PROTECTION = Window("付款后{days}天内降价可退差价", "price_protection_days", since="paid_at")
NO_PROTECTION = "本店不提供价保"
EXCEPTION = "{reason},不支持七天无理由退换"

KINDS: dict[AfterSaleKind, KindRule] = {
    AfterSaleKind.TRACE: KindRule(
        statuses=_SENT,
        when="发货后才能查件",
        steps=_steps("trace", _TALK, _CONFIRM, _SOLVE),
        group="物流",
        remedies=(Remedy(RESEND), Remedy(REFUND)),
        refunds_freight=True,
    ),
    AfterSaleKind.EXTEND: KindRule(
        statuses=ON_THE_WAY,
        when="发货后、签收前可延长收货",
        steps=_steps("extend", _TALK, _SOLVE),
        group="物流",
    ),
    AfterSaleKind.DAMAGE: KindRule(
        statuses=_SENT,
        when="收到商品后可申请",
        window=_QUALITY,
        steps=_steps("damage", _TALK, _RECEIVE, _CONFIRM, _SOLVE),
        group="售后",
        remedies=(Remedy(REFUND), Remedy(EXCHANGE), Remedy(REPAIR, _WARRANTY)),
        photos=True,
        postage=Payer.SHOP,
        refunds_freight=True,
    ),
    AfterSaleKind.RESEND: KindRule(
        statuses=_SENT,
        when="收到商品后可申请",
        window=_QUALITY,
        steps=_steps("resend", _TALK, _RECEIVE, _CONFIRM, _SOLVE),
        group="仓库",
        remedies=(Remedy(RESEND), Remedy(EXCHANGE), Remedy(REFUND)),
        photos=True,
        postage=Payer.SHOP,
        refunds_freight=True,
    ),
    AfterSaleKind.EXCHANGE: KindRule(
        statuses=RECEIVED,
        when="签收后才能换货",
        window=Window("签收后{days}天内可换货", "exchange_days"),
        steps=_steps("exchange", _TALK, _RECEIVE, _CONFIRM, _SOLVE),
        group="售后",
        remedies=(Remedy(EXCHANGE),),
        usual=EXCHANGE,
        postage=Payer.BUYER,
        return_exception=True,
        conditions=("未使用", "吊牌包装完整"),
    ),
    AfterSaleKind.RETURN: KindRule(
        statuses=RECEIVED,
        when="签收后才能退货",
        window=Window("签收后{days}天内可无理由退货", "return_days"),
        steps=_steps("return", _TALK, _RECEIVE, _CONFIRM, _SOLVE),
        group="售后",
        remedies=(Remedy(REFUND),),
        usual=REFUND,
        postage=Payer.BUYER,
        return_exception=True,
        conditions=("未使用", "吊牌包装完整", "不影响二次销售"),
    ),
    AfterSaleKind.REFUND: KindRule(
        statuses=_PAID,
        when="付款后才能申请退款",
        window=_REFUND,
        steps=_steps("refund", _TALK, _CONFIRM, _SOLVE),
        group="售后",
        remedies=(Remedy(REFUND), Remedy(DIFFERENCE, PROTECTION)),
        usual=REFUND,
        refunds_freight=True,
    ),
    AfterSaleKind.RIGHTS: KindRule(
        statuses=frozenset(OrderStatus),
        when="",
        steps=_steps("rights", _TALK, _CONFIRM, _SOLVE),
        group="主管",
        remedies=(Remedy(COMPENSATION),),
    ),
    AfterSaleKind.REPAIR: KindRule(
        statuses=_SENT,
        when="收到商品后才能维修",
        window=_WARRANTY,
        steps=_steps("repair", _TALK, _RECEIVE, _CONFIRM, _SOLVE),
        group="维修",
        remedies=(Remedy(REPAIR),),
        usual=REPAIR,
        photos=True,
        postage=Payer.SHOP,
    ),
}

KIND_OF_INTENT: dict[str, AfterSaleKind] = {
    "request_return": AfterSaleKind.RETURN,
    "ask_return_how": AfterSaleKind.RETURN,
    "request_exchange": AfterSaleKind.EXCHANGE,
    "request_refund": AfterSaleKind.REFUND,
    "ask_refund_status": AfterSaleKind.REFUND,
    "request_price_protection": AfterSaleKind.REFUND,
    "report_damage": AfterSaleKind.DAMAGE,
    "report_quality": AfterSaleKind.DAMAGE,
    "report_wrong_missing": AfterSaleKind.RESEND,
    "ask_repair": AfterSaleKind.REPAIR,
    "report_not_received": AfterSaleKind.TRACE,
    "extend_receipt": AfterSaleKind.EXTEND,
    "complain": AfterSaleKind.RIGHTS,
    "claim_compensation": AfterSaleKind.RIGHTS,
}
"""Each after-sale intent has exactly one register (NL-08); a fault is registered like damage."""
