"""Products, promotions, freight."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from shop.errors import ProductUnknown
from shop.model import FreightTemplate, Product, Promotion
from shop.store import tables
from shop.store.repositories.base import Repository


class SqlProducts(Repository[Product]):
    cls, unknown, key = Product, ProductUnknown, "code"

    def get(self, code: str) -> Product:
        found = self.find(code)
        if found is None:
            raise ProductUnknown(code=code)
        return found

    def find_by_sku(self, sku: str) -> Product | None:
        p, v = tables.products.c, tables.variants.c
        return self.one(select(Product).join(tables.variants, v.product_code == p.code).where(v.sku == sku))

    def pictures(self, codes: Collection[str]) -> Mapping[str, str]:
        t = tables.products.c
        query = select(t.code, t.picture).where(t.code.in_(codes), t.picture != "")
        return {row[0]: row[1] for row in self.session.execute(query)}

    def on_sale(self, kind: str | None = None) -> Sequence[Product]:
        t = tables.products.c
        query = select(Product).where(t.on_sale).order_by(t.main_product.desc(), t.best_seller.desc(), t.code)
        return self.many(query if kind is None else query.where(t.kind == kind))

    def withdrawn(self) -> Sequence[str]:
        t = tables.products.c
        return self.session.scalars(select(t.title).where(~t.on_sale).order_by(t.code)).all()


class SqlPromotions(Repository[Promotion]):
    cls, key = Promotion, "code"

    def running(self, at: datetime) -> Sequence[Promotion]:
        t = tables.promotions.c
        return self.many(select(Promotion).where(t.starts_at <= at, t.ends_at > at).order_by(t.starts_at, t.code))


class SqlFreight(Repository[FreightTemplate]):
    cls, key = FreightTemplate, "code"

    def template(self) -> FreightTemplate | None:
        return self.one(select(FreightTemplate).order_by(tables.freight_templates.c.code).limit(1))
