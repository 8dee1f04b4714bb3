"""The ports of `shop.ports` over SQLAlchemy, by topic."""
