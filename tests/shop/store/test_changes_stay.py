"""What was written down of who changed what stays as it was written, whoever asks the database. PC-04."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from shop.changes import note_change
from shop.model import ChangeKind, Role, Staff
from shop.wiring import Services
from tests.conftest import NOW


@pytest.mark.req("PC-04")
@pytest.mark.parametrize(
    "deed", ["UPDATE changes SET name = '别人'", "UPDATE changes SET after = NULL", "DELETE FROM changes"]
)
def test_the_database_refuses_to_change_or_delete_a_record(store: Services, database_url: str, deed: str) -> None:
    with store.unit_of_work() as uow:
        by = Staff("100", "云舒", Role.MANAGER)
        note_change(uow, by, ChangeKind.RULE, "offer_hours", "修改", NOW, before={"value": 24}, after={"value": 48})
        uow.commit()
    engine = create_engine(database_url)
    with pytest.raises(DatabaseError, match="kept as written"), engine.begin() as connection:
        connection.execute(text(deed))
    engine.dispose()
    with store.unit_of_work() as uow:
        [change] = uow.changes.of(ChangeKind.RULE, "offer_hours", 9)
    assert (change.name, change.after) == ("云舒", {"value": 48})
