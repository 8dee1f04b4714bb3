"""Staff, for the manager. A password that was made here is in the answer once, and nowhere else."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field, SecretStr

from desk.access import CurrentDesk
from desk.api.rights import Manager
from desk.console.floor import MAY_NOT, Floor
from desk.console.shapes import show_group
from desk.forms import Name, Password
from desk.rights import RIGHTS, SAYING
from desk.shown import Json, iso
from desk.staff_access import session_of_cookie
from shop.model import Role, Staff
from shop.passwords import check_password, hash_password, make_password
from shop.ports import UnitOfWork
from shop.staff import DEFAULT_GROUPS, DISMISSED
from shop.team import (
    MOST_BUYERS,
    Hiring,
    PersonChange,
    change_person,
    check_hiring,
    get_person,
    hire,
    let_go,
    list_people,
    reset_password,
    sign_out_everywhere,
)

router = APIRouter(prefix="/people")


Groups = Annotated[list[Name], Field(max_length=20)]


class NewPerson(BaseModel):
    """`password` null: one is made."""

    staff_id: Name
    name: Name
    role: Role
    groups: Groups = []
    password: Password | None = None


class PersonForm(BaseModel):
    """What is missing stays as it is."""

    name: Name | None = None
    role: Role | None = None
    groups: Groups | None = None
    max_buyers: Annotated[int, Field(ge=0, le=MOST_BUYERS)] | None = None


class NewPassword(BaseModel):
    password: Password | None = None


def get_floor(request: Request) -> Floor:
    return cast(Floor, request.app.state.floor)


@dataclass(frozen=True)
class Calling:
    """Who asks, and the session that they ask in."""

    staff: Staff
    session_id: str

    def session_of(self, staff_id: str) -> str:
        """The one that stays open where somebody signs out themselves."""
        return self.session_id if self.staff.id == staff_id else ""


def get_calling(request: Request, staff: Manager) -> Calling:
    return Calling(staff, session_of_cookie(request.headers.get("cookie", "")))


CallingManager = Annotated[Calling, Depends(get_calling)]
CurrentFloor = Annotated[Floor, Depends(get_floor)]


@router.get("")
async def people(desk: CurrentDesk, staff: Manager) -> Json:
    """`{people, groups: [{code, name}], roles: [{role, groups, may: [text]}]}`, see `shop.team.list_people`."""
    return await desk.look(lambda uow: _shown(uow, desk))


@router.post("", status_code=201)
async def add(desk: CurrentDesk, staff: Manager, form: NewPerson, response: Response) -> Json:
    """`{password}` where one was made, else null. Raises PersonRefused, IdTaken, PasswordRefused."""
    hiring = Hiring(form.staff_id, form.name, form.role, form.groups)
    hashed, made = await _hash(form.password, *await desk.look(lambda uow: check_hiring(uow, hiring)))

    def use_case(uow: UnitOfWork) -> None:
        hire(uow, staff, hiring, hashed, now=desk.now())

    await desk.change(use_case)
    response.headers["Cache-Control"] = "no-store"
    return {"password": made}


@router.patch("/{staff_id}")
async def change(desk: CurrentDesk, floor: CurrentFloor, staff: Manager, staff_id: str, form: PersonForm) -> Json:
    """Raises StaffUnknown, PersonRefused, LastManager."""
    changing = PersonChange(form.name, form.role, form.groups, form.max_buyers)
    left = await desk.change(lambda uow: change_person(uow, staff, staff_id, changing, now=desk.now()))
    await (floor.let_go(staff_id, MAY_NOT) if left else floor.changed(staff_id))
    return {}


@router.post("/{staff_id}/password")
async def reset(  # noqa: PLR0917  # the framework fills them in
    response: Response, desk: CurrentDesk, floor: CurrentFloor, staff: CallingManager, staff_id: str, form: NewPassword
) -> Json:
    """`{password}` where one was made, else null. Raises StaffUnknown, PasswordRefused."""
    hashed, made = await _hash(form.password, *await desk.look(lambda uow: get_person(uow, staff_id)))
    own = staff.session_of(staff_id)
    await desk.change(lambda uow: reset_password(uow, staff.staff, staff_id, hashed, desk.now(), own))
    await floor.changed(staff_id)
    response.headers["Cache-Control"] = "no-store"
    return {"password": made}


@router.delete("/{staff_id}/sessions", status_code=204)
async def sign_out(desk: CurrentDesk, floor: CurrentFloor, staff: CallingManager, staff_id: str) -> None:
    """One's own stays open here. Raises StaffUnknown."""
    own = staff.session_of(staff_id)
    await desk.change(lambda uow: sign_out_everywhere(uow, staff.staff, staff_id, desk.now(), own))
    await floor.changed(staff_id)


@router.delete("/{staff_id}", status_code=204)
async def dismiss(desk: CurrentDesk, floor: CurrentFloor, staff: Manager, staff_id: str) -> None:
    """Raises StaffUnknown, LastManager."""

    def use_case(uow: UnitOfWork) -> None:
        # The talks follow one by one, so that each buyer and every console is told.
        let_go(uow, staff, staff_id, lambda *facts: None, now=desk.now())

    await desk.change(use_case)
    await floor.let_go(staff_id, DISMISSED)


async def _hash(given: SecretStr | None, staff_id: str, name: str) -> tuple[str, str | None]:
    """The hash, and the password where it was made here. Raises PasswordRefused."""
    plain = given.get_secret_value() if given else make_password()
    if given:
        check_password(plain, staff_id, name)
    return await asyncio.to_thread(hash_password, plain), None if given else plain


def _shown(uow: UnitOfWork, desk: CurrentDesk) -> Json:
    found = list_people(uow, uow.policies.current(), desk.now())
    for record in (record for person in found for record in (person, *person["sessions"])):
        record.update({key: iso(at) for key, at in record.items() if hasattr(at, "isoformat")})
    roles = [
        {
            "role": role.value,
            "groups": list(DEFAULT_GROUPS.get(role, ())),
            "may": [SAYING[action] for action in RIGHTS if role in RIGHTS[action]],
        }
        for role in Role
    ]
    return {"people": found, "groups": [show_group(group) for group in uow.groups.all()], "roles": roles}
