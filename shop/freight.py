"""What sending costs and where it goes, by the manager's rule. PS-17, PS-20."""

from collections import Counter
from collections.abc import Sequence

from shop.model import FreightRegion


def find_region(regions: Sequence[FreightRegion], province: str) -> FreightRegion | None:
    """The region of a province; the one without names is for all others."""
    named = next((r for r in regions if province in r.provinces), None)
    return named or next((r for r in regions if not r.provinces), None)


def freight_fen(region: FreightRegion, goods_fen: int, kg: float = 1.0) -> int:
    """Postage in fen; weight beyond the first step counts by the whole kg begun."""
    if region.free_at_fen is not None and goods_fen >= region.free_at_fen:
        return 0
    # In whole grams: 4.15 kg − 1.15 kg must not come out a hair above 3 and cost a fourth step.
    more_grams = max(0, round(kg * 1000) - region.first_grams)
    return region.first_fen + -(-more_grams // 1000) * region.more_fen_per_kg


def wrong_in(regions: Sequence[FreightRegion]) -> str:
    """Why the regions do not fit together, in words for the manager; "" where they do."""
    times = Counter(province for region in regions for province in region.provinces)
    twice = next((province for province, count in times.items() if count > 1), None)
    if twice:
        return f"「{twice}」写了不止一次，一个地区只能有一种运费"
    if sum(not region.provinces for region in regions) > 1:
        return "没有选省份的一行就是「其他地区」，只能有一行"
    late = next((number for number, r in enumerate(regions, 1) if r.days_from > r.days_to), None)
    return f"第 {late} 行「最快」不能比「最慢」天数多" if late else ""
