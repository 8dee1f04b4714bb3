"""Amounts become fen, discounts the per mille of the price that is left."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bot.nlu.finding import found

AMOUNTS = {
    "199元": 19900, "199.9块": 19990, "¥99": 9900, "￥99.5": 9950, "1,299元": 129900, "两百块": 20000,
    "80块5": 8050, "5块8毛": 580, "3毛": 30, "五毛钱": 50, "十块": 1000, "一百二十块钱": 12000, "1.2万": 1200000,
    "一百五": 15000, "两百五行不行": 25000, "一千二": 120000, "五十": 5000, "五十行吗": 5000, "158的": 15800,
    "有没有158的": 15800, "最低180": 18000, "180拿下": 18000, "给我便宜20": 2000, "优惠20吧": 2000, "抹掉8块": 800,
    "便宜一块": 100, "能不能30以内": 3000, "1280能卖吗": 128000, "180": 18000, "98.5": 9850, "500块钱的红包": 50000,
    "一百五包邮": 15000, "运费10块谁出": 1000, "预算300左右": 30000,
    "说好的200怎么还是218": 20000,
    "改成66": 6600, "300拿走": 30000, "369买的": 36900, "50的券没了": 5000, "19.9的那个": 1990,
    "那个158的": 15800, "两百五": 25000, "三千八那台": 380000, "这茶叶三百八一斤吗": 38000, "九块九包邮": 990,
    "1499的那款": 149900, "充了50话费没到账": 5000, "押金99什么时候退": 9900, "开票金额写368": 36800, "六毛六": 66,
    "红包只抵了1块2": 120, "十五块一直没返": 1500, "99两件": 9900, "便宜十五": 1500, "昨天扣了我268": 26800,
    "差价12.5退我": 1250, "199人民币": 19900,
}  # fmt: skip

NO_AMOUNTS = (
    "3天", "500g", "500ml", "20cm", "3个", "48小时", "第二件", "12号", "2026年", "双十一", "双11", "十分满意",
    "千万别发错", "万一坏了呢", "二十四小时内发货吗", "几十块钱的", "一块发吗", "一块儿寄", "三块肥皂", "两块电池",
    "一个月了", "百分之十", "13812345678", "XS12011934090", "165 110斤", "身高175", "36码", "2米", "3点前发",
    "100个", "1.5米的床", "三角形的", "一点不好", "五星好评",
    "说好48小时发货的", "512的有没有", "925的吗", "码拍错了 改成39", "改成03", "买错码了,换成165的", "收到36",
    "28的腰是几码",
    "37换38行吗", "128的换256的可以吗", "换成160的", "蓝牙5.3的还是5.0的", "数量由50改为60", "假一赔十",
    "称了只有430克",    "地址少写了,是3栋1单元202", "前100名半价", "一毛不拔", "门牌号是1502不是1520",
    "改成15的", "130的还能穿吗",
)  # fmt: skip

DISCOUNTS = {
    "8折": 800, "八五折": 850, "85折": 850, "8.5折": 850, "八点五折": 850, "九折": 900, "打8.5折": 850, "打个九折": 900,
    "七折行不行": 700, "95折": 950, "半价": 500, "五折": 500, "两折": 200, "便宜10%": 900, "优惠百分之二十": 800,
    "减5%行吗": 950, "让5个点": 950, "便宜两成": 800, "打8.8吧": 880, "88VIP再打95折": 950, "百分之十的优惠": 900,
}  # fmt: skip

NO_DISCOUNTS = ("10折", "第二件半价", "折叠", "打折吗", "3折叠伞", "含量10%", "折扣价多少", "打几折")


@pytest.mark.req("NL-14")
@pytest.mark.parametrize(("text", "fen"), AMOUNTS.items())
def test_amounts(text: str, fen: int) -> None:
    assert found(text).get("money") == [fen]


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_counts_and_measures_are_no_amounts(text: str) -> None:
    assert "money" not in found(text)


@pytest.mark.req("NL-14")
@pytest.mark.parametrize(("text", "per_mille"), DISCOUNTS.items())
def test_discounts(text: str, per_mille: int) -> None:
    assert found(text) == {"discount": [per_mille]}


@pytest.mark.parametrize("text", NO_DISCOUNTS)
def test_what_is_no_discount(text: str) -> None:
    assert "discount" not in found(text)


@pytest.mark.req("NL-02")
def test_a_whole_bargain_in_one_message() -> None:
    assert found("两件258元,能打9折吗,再抹掉8块") == {"quantity": [2], "money": [25800, 800], "discount": [900]}


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("满200减20", [20000, 2000]),
        ("满三百减四十", [30000, 4000]),
        ("满200-20的券", [20000, 2000]),
        ("定金100尾款899对吧", [10000, 89900]),
        ("包邮门槛是59还是69", [5900, 6900]),
        ("10到15块", [1000, 1500]),
        ("狗粮 238 能不能 220", [23800, 22000]),
    ],
)
def test_two_amounts_in_one_breath(text: str, fen: list[int]) -> None:
    assert found(text) == {"money": fen}


def test_a_price_then_and_now() -> None:
    assert found("昨天还89今天咋109了")["money"] == [8900, 10900]


def test_a_price_runs_into_a_count() -> None:
    assert found("199两件") == {"money": [19900], "quantity": [2]}


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9_999_999))
def test_any_amount_in_yuan_is_read_to_the_fen(fen: int) -> None:
    assert found(f"一共{fen // 100}.{fen % 100:02}元对吗") == {"money": [fen]}


@settings(deadline=None)
@given(st.integers(min_value=11, max_value=99).filter(lambda rate: rate % 10))
def test_any_two_digit_discount(rate: int) -> None:
    assert found(f"{rate}折") == found(f"{rate / 10}折") == {"discount": [rate * 10]}
