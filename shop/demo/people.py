"""Invented buyers and staff. The phone numbers are of a form that belongs to nobody in particular."""

from datetime import datetime, timedelta
from random import Random

from shop.demo.personas import PERSONAS
from shop.model import Buyer, Receiver, Role, Staff
from shop.passwords import DEMO_PASSWORD, hash_password

BUYERS = 80

_FIRST = (
    "青柠",
    "半糖",
    "晚风",
    "栗子",
    "云朵",
    "海盐",
    "橘子",
    "薄荷",
    "松果",
    "小满",
    "星河",
    "竹影",
    "麦芽",
    "雨后",
    "初雪",
)
_SECOND = (
    "汽水",
    "不加冰",
    "和猫",
    "同学",
    "的午后",
    "收藏家",
    "在路上",
    "爱喝茶",
    "慢慢来",
    "小屋",
    "甜甜圈",
    "要早睡",
)
_SURNAMES = "陈林周吴徐孙何罗宋许邓冯曾彭苏"
_GIVEN = ("一禾", "知夏", "小满", "若溪", "予安", "清欢", "南星", "听雨", "时雨", "星野", "云舒", "初晴")
_PLACES = (
    ("浙江", "杭州市", "拱墅区", 8),
    ("浙江", "宁波市", "鄞州区", 5),
    ("江苏", "苏州市", "吴中区", 7),
    ("江苏", "南京市", "建邺区", 5),
    ("上海", "上海市", "闵行区", 8),
    ("安徽", "合肥市", "蜀山区", 5),
    ("广东", "深圳市", "南山区", 8),
    ("广东", "广州市", "番禺区", 7),
    ("福建", "厦门市", "湖里区", 4),
    ("山东", "青岛市", "市北区", 5),
    ("河南", "郑州市", "金水区", 5),
    ("湖北", "武汉市", "洪山区", 6),
    ("湖南", "长沙市", "岳麓区", 5),
    ("四川", "成都市", "武侯区", 7),
    ("重庆", "重庆市", "渝北区", 5),
    ("北京", "北京市", "朝阳区", 6),
    ("天津", "天津市", "南开区", 3),
    ("辽宁", "沈阳市", "和平区", 3),
    ("陕西", "西安市", "雁塔区", 4),
    ("甘肃", "兰州市", "城关区", 2),
    ("新疆", "乌鲁木齐市", "天山区", 2),
    ("西藏", "拉萨市", "城关区", 1),
)
_ROADS = ("丰禾路", "青禾路", "望湖街", "松涛路", "云台路", "学林街", "梧桐巷", "星光路")


_STAFF = (
    ("100", "云舒", Role.MANAGER, ("lead",)),
    ("200", "南星", Role.SUPERVISOR, ("lead", "aftersale")),
    ("300", "清欢", Role.LEADER, ("lead", "presale")),
    ("321", "小禾", Role.PRESALE_AGENT, ("presale",)),
    ("322", "小棠", Role.PRESALE_AGENT, ("presale",)),
    ("331", "小满", Role.AFTERSALE_AGENT, ("aftersale",)),
    ("332", "小苏", Role.AFTERSALE_AGENT, ("aftersale",)),
    ("341", "小安", Role.AGENT, ("general",)),
    ("400", "知夏", Role.QUALITY, ()),
    ("500", "阿仓", Role.WAREHOUSE, ()),
)
_GONE = ("349", "小旧", Role.AGENT, ("general",))
"""Has left: must not get in any more."""


def demo_staff() -> list[Staff]:
    """One of each role and a few agents more; the id is the operator's code. All have `DEMO_PASSWORD`."""
    # One hash, and so one salt, for all: a salt hides that two people have the same password, which is no secret
    # here, and a hash of one's own for each would make seeding a second slower.
    password_hash = hash_password(DEMO_PASSWORD)
    here = [Staff(id, name, role, True, list(groups), password_hash) for id, name, role, groups in _STAFF]
    id, name, role, groups = _GONE
    return [*here, Staff(id, name, role, False, list(groups), password_hash)]


def demo_sign_ins() -> list[tuple[str, str]]:
    """Id and 花名 of those who work in the demo shop."""
    return [(id, name) for id, name, _, _ in _STAFF]


def demo_buyers(rng: Random, now: datetime) -> list[Buyer]:
    """The personas first, then the crowd."""
    nicks = [f"{first}{second}" for first in _FIRST for second in _SECOND]
    crowd = rng.sample([nick for nick in nicks if nick not in PERSONAS], BUYERS - len(PERSONAS))
    return [_buyer(rng, number, nick, now) for number, nick in enumerate([*PERSONAS, *crowd], start=1)]


def _buyer(rng: Random, number: int, nick: str, now: datetime) -> Buyer:
    province = rng.choices([place[0] for place in _PLACES], [place[3] for place in _PLACES])[0]
    return Buyer(
        id=f"b{number:03d}",
        nick=nick,
        name=rng.choice(_SURNAMES) + rng.choice(_GIVEN),
        phone=f"1380000{rng.randrange(10000):04d}",
        province=province,
        level=rng.choices((0, 1, 2, 3), (40, 35, 18, 7))[0],
        registered_at=now - timedelta(days=rng.randrange(90, 1500), minutes=rng.randrange(1440)),
    )


def receiver_of(rng: Random, buyer: Buyer) -> Receiver:
    """Where the buyer has it sent: the own province."""
    city, district = rng.choice([place[1:3] for place in _PLACES if place[0] == buyer.province])
    house = f"{rng.randrange(1, 300)}号{rng.randrange(1, 20)}幢{rng.randrange(1, 18)}0{rng.randrange(1, 5)}室"
    return Receiver(buyer.name, buyer.phone, buyer.province, city, district, rng.choice(_ROADS) + house)
