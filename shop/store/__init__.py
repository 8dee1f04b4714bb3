"""The shop's store: SQLite for one machine, PostgreSQL for many. Only `shop.wiring` and the migrations come in here."""
