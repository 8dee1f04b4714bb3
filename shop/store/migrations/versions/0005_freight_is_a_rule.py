"""What sending costs stands with the shop's other rules"""

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RULE = "freight_regions"
BY_SYSTEM = "系统"

templates = sa.table("freight_templates", sa.column("code", sa.String), sa.column("regions", sa.JSON))
policies = sa.table(
    "policies",
    sa.column("name", sa.String),
    sa.column("value", sa.JSON),
    sa.column("set_by", sa.String),
    sa.column("set_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Of several templates only the first was ever gone by."""
    connection = op.get_bind()
    first = connection.execute(sa.select(templates.c.regions).order_by(templates.c.code).limit(1)).scalar()
    if first:
        row = {"name": RULE, "value": [_as_rule(region) for region in first], "set_by": BY_SYSTEM}
        connection.execute(policies.insert().values(**row, set_at=datetime.now(timezone.utc)))
    op.drop_column("freight_templates", "regions")


def downgrade() -> None:
    op.add_column("freight_templates", sa.Column("regions", sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    rule = connection.execute(sa.select(policies.c.value).where(policies.c.name == RULE)).scalar()
    if rule:
        connection.execute(templates.update().values(regions=[_as_region(row) for row in rule]))
        connection.execute(policies.delete().where(policies.c.name == RULE))


def _as_rule(region: dict[str, Any]) -> dict[str, Any]:
    free_from = region["free_from_fen"]
    return {
        "provinces": region["provinces"],
        "covered": region["covered"],
        "first_fen": region["first_fen"],
        "first_grams": max(1, round(region["first_kg"] * 1000)),
        "more_fen_per_kg": region["more_fen_per_kg"],
        "free": free_from is not None,
        "free_from_fen": free_from or 0,
        "days_from": region["days"][0],
        "days_to": region["days"][1],
    }


def _as_region(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "provinces": row["provinces"],
        "covered": row["covered"],
        "first_fen": row["first_fen"],
        "first_kg": row["first_grams"] / 1000,
        "more_fen_per_kg": row["more_fen_per_kg"],
        "free_from_fen": row["free_from_fen"] if row["free"] else None,
        "days": [row["days_from"], row["days_to"]],
    }
