"""What was counted of each day's words: the log of a year is too long to be read for a figure."""

from sqlalchemy import JSON, Column, Date, Table

from shop.store.tables.base import metadata

phrase_days = Table(
    "phrase_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("counts", JSON(none_as_null=True), nullable=False),
)
