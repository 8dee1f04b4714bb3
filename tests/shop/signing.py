"""A team with passwords, and signing in without the slow part."""

from shop.model import Role
from shop.passwords import Verdict, hash_password
from shop.policy import Policy
from shop.sign_in import SignedIn, begin_sign_in, find_session, finish_sign_in
from shop.staff import add_staff, set_password
from shop.wiring import Services
from tests.conftest import NOW

PASSWORD = "青山绿水-2026"
HASH = hash_password(PASSWORD)
POLICY = Policy()


def hire(services: Services) -> Services:
    """A manager 100 and an agent 321, who have the password."""
    with services.unit_of_work() as uow:
        for staff_id, name, role in (("100", "云舒", Role.MANAGER), ("321", "小禾", Role.PRESALE_AGENT)):
            add_staff(uow, staff_id, name, role)
            set_password(uow, staff_id, HASH, now=NOW)
        uow.commit()
    return services


def sign_in(
    services: Services, staff_id: str = "321", *, right: bool = True, address: str = "10.0.0.1"
) -> SignedIn | None:
    """Without the slow part: what Argon2 would have said is given."""
    now = services.clock.now()
    with services.unit_of_work() as uow:
        claim = begin_sign_in(uow, staff_id, address, now=now, policy=POLICY)
    with services.unit_of_work() as uow:
        signed = finish_sign_in(uow, claim, Verdict(right), now=now, policy=POLICY)
        uow.commit()
    return signed


def token_of(services: Services, staff_id: str = "321") -> str:
    signed = sign_in(services, staff_id)
    assert signed is not None
    return signed.token


def who(services: Services, token: str) -> str | None:
    with services.unit_of_work() as uow:
        staff = find_session(uow, token, services.clock.now(), POLICY)
        return staff.id if staff else None
