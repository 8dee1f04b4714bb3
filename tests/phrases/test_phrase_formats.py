"""How facts read."""

from collections.abc import Callable
from datetime import datetime, timezone

import pytest

from phrases import formats


@pytest.mark.parametrize(
    ("render", "value", "reads"),
    [
        (formats.money, 19900, "199元"),
        (formats.money, 19950, "199.50元"),
        (formats.money, 5, "0.05元"),
        (formats.discount, 850, "8.5折"),
        (formats.discount, 900, "9折"),
        (formats.discount, 955, "9.55折"),
        (formats.moment, "2026-11-23T10:30:00+00:00", "11月23日 18:30"),
        (formats.moment, "2026-11-23T18:30:00Z", "11月24日 02:30"),
        (formats.moment, datetime(2026, 11, 23, 1, 5, tzinfo=timezone.utc), "11月23日 09:05"),
        (formats.day, "2026-11-23", "11月23日"),
        (formats.day, "2026-11-23T18:30:00Z", "11月24日"),
        (formats.clock, "9:05", "09:05"),
        (formats.span, [2, 4], "2到4天"),
        (formats.span, [3, 3], "3天"),
        (formats.enumerated, ["圆通", "", "中通"], "圆通、中通"),
        (formats.text, " 一\n二。", "一 二"),
        (formats.text, "5V*2A", "5V*2A"),
        (formats.text, "*138****0000*", "＊138＊＊＊＊0000＊"),
    ],
)
def test_a_value_reads_in_chinese(render: Callable[[object], str], value: object, reads: str) -> None:
    assert render(value) == reads


@pytest.mark.parametrize(
    ("render", "value"),
    [
        (formats.money, -1),
        (formats.money, True),
        (formats.money, 1.5),
        (formats.discount, 1000),
        (formats.discount, 0),
        (formats.moment, "2026-11-23T10:30:00"),
        (formats.moment, "soon"),
        (formats.day, "2026-13-01"),
        (formats.clock, "25:00"),
        (formats.span, [2]),
        (formats.span, "24"),
        (formats.enumerated, "圆通"),
        (formats.text, 5),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(render: Callable[[object], str], value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        render(value)
