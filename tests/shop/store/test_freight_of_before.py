"""What a shop had written of freight before it was a rule is its rule afterwards, and back."""

from sqlalchemy import text

from shop.model import FreightRegion
from shop.store.engine import open_engine
from shop.store.migrate import downgrade, upgrade
from shop.wiring import Services
from tests.conftest import NOW

REGIONS = (
    FreightRegion(("浙江", "上海"), True, 6_00, 1500, 2_00, True, 59_00, 1, 2),
    FreightRegion((), False, 0, 1000, 0, False, 0, 0, 0),
)
OLD = (
    "INSERT INTO freight_templates (code, title, couriers, cut_off, dispatch_hours, ships_from, regions) VALUES"
    " ('A', '', '[]', '16:00:00', 24, '', :regions)"
)
ROW = (
    '[{"provinces": ["浙江", "上海"], "covered": true, "first_fen": 600, "first_kg": 1.5, "more_fen_per_kg": 200,'
    ' "free_from_fen": 5900, "days": [1, 2]}, {"provinces": [], "covered": false, "first_fen": 0, "first_kg": 1.0,'
    ' "more_fen_per_kg": 0, "free_from_fen": null, "days": [0, 0]}]'
)


def test_the_regions_of_the_template_become_the_rule_and_go_back(store: Services, database_url: str) -> None:
    store.close()
    engine = open_engine(database_url)
    downgrade(engine, "0004")
    with engine.begin() as connection:
        connection.execute(text(OLD), {"regions": ROW})
    for _ in range(2):
        upgrade(engine)
        with store.unit_of_work() as uow:
            assert uow.policies.current().freight_regions == REGIONS
            assert uow.policies.stored()["freight_regions"].set_by == "系统"
        store.close()
        downgrade(engine, "0004")
    upgrade(engine)
    engine.dispose()
    with store.unit_of_work() as uow:
        uow.policies.set("freight_regions", REGIONS[:1], "100", NOW)
