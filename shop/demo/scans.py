"""What couriers write about a parcel under way, newest first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from shop.model import Problem, Receiver, ScanEvent, ScanKind

_HOME = "杭州"
_STAFF = ("小陈", "小吴", "小何", "小许", "小曾", "小邓", "小罗")
_SIGNERS = ("本人", "家人", "前台", "放在家门口", "快递柜")
_REASONS = {
    None: "收件人拒收",
    Problem.ADDRESS: "收件地址不详,无法送达,请联系收件人核实",
    Problem.UNREACHABLE: "联系不上收件人,电话无人接听,将再次派送",
    Problem.DAMAGED: "外包装破损,已登记异常,正在核实内件情况",
}
_ACCEPTED = (ScanKind.ACCEPTED, "【{home}】快件已由余杭集散点揽收,揽收员:{who},电话:{phone}")
_ON_THE_WAY = (
    _ACCEPTED,
    (ScanKind.DEPARTED, "【{home}】快件已从余杭集散点发出,准备发往{home}转运中心"),
    (ScanKind.ARRIVED, "【{home}】快件已到达{home}转运中心"),
    (ScanKind.DEPARTED, "【{home}】快件已从{home}转运中心发出,准备发往{city}转运中心"),
    (ScanKind.ARRIVED, "【{city}】快件已到达{city}转运中心"),
)
_DELIVERY = (
    *_ON_THE_WAY,
    (ScanKind.OUT_FOR_DELIVERY, "【{city}】{district}营业部正在派件,派件员:{who},电话:{phone},请保持电话畅通"),
)
_REFUSED = (
    *_DELIVERY,
    (ScanKind.EXCEPTION, "【{city}】派送不成功,原因:{reason}"),
    (ScanKind.RETURNING, "【{city}】快件正退回寄件地,原因:{reason}"),
)
_WAYS: dict[ScanKind, tuple[tuple[ScanKind, str], ...]] = {
    ScanKind.ACCEPTED: (_ACCEPTED,),
    ScanKind.DEPARTED: _ON_THE_WAY[:4],
    ScanKind.ARRIVED: _ON_THE_WAY,
    ScanKind.OUT_FOR_DELIVERY: _DELIVERY,
    ScanKind.AT_PICKUP_POINT: (
        *_DELIVERY,
        (ScanKind.AT_PICKUP_POINT, "【{city}】快件已存放至{district}便民驿站,请凭取件码 {code} 领取,驿站电话:{phone}"),
    ),
    ScanKind.SIGNED: (
        *_DELIVERY,
        (ScanKind.SIGNED, "【{city}】快件已签收,签收人:{signer},如有疑问请联系派件员{who},电话:{phone}"),
    ),
    ScanKind.EXCEPTION: (*_DELIVERY, (ScanKind.EXCEPTION, "【{city}】派送不成功,原因:{reason}")),
    ScanKind.RETURNING: _REFUSED,
    ScanKind.RETURNED: (*_REFUSED, (ScanKind.RETURNED, "【{home}】退回件已由寄件人签收")),
}
_DOOR = {ScanKind.AT_PICKUP_POINT, ScanKind.SIGNED, ScanKind.EXCEPTION}


@dataclass(frozen=True)
class Journey:
    """From the first scan to the last one, which is of kind `last`."""

    last: ScanKind
    first_at: datetime
    last_at: datetime
    receiver: Receiver
    problem: Problem | None = None


def scans(rng: Random, journey: Journey) -> list[ScanEvent]:
    """Newest first, at whole seconds, spread over the journey."""
    way = _WAYS[journey.last]
    times = _times(rng, journey, [kind for kind, _ in way])
    return [_event(rng, journey, kind, text, at) for (kind, text), at in zip(way, times, strict=True)][::-1]


def _times(rng: Random, journey: Journey, kinds: list[ScanKind]) -> list[datetime]:
    gap = (journey.last_at - journey.first_at) / len(kinds)
    times = [journey.first_at + gap * (n + rng.uniform(0, 0.6)) for n in range(len(kinds) - 1)]
    times.append(journey.last_at)
    for n, kind in enumerate(kinds[1:], start=1):
        if kind in _DOOR and kinds[n - 1] is ScanKind.OUT_FOR_DELIVERY:
            # The van leaves on the morning of the day.
            times[n - 1] = max(times[n - 1], times[n] - timedelta(hours=rng.uniform(1, 4)))
    return [at.replace(microsecond=0) for at in times]


def _event(rng: Random, journey: Journey, kind: ScanKind, text: str, at: datetime) -> ScanEvent:
    city = journey.receiver.city.removesuffix("市")
    operator = f"{rng.choice(_STAFF)}(工号{rng.randrange(1000, 9999)})"
    facts = {
        "home": _HOME,
        "city": city,
        "district": journey.receiver.district,
        "who": operator,
        "phone": f"1390000{rng.randrange(10000):04d}",
        "code": f"{rng.randrange(1, 9)}-{rng.randrange(1, 6)}-{rng.randrange(1000, 9999)}",
        "signer": rng.choice(_SIGNERS),
        "reason": _REASONS.get(journey.problem, _REASONS[None]),
    }
    return ScanEvent(at, _HOME if text.startswith("【{home}】") else city, text.format(**facts), kind, operator)
