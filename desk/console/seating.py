"""The agent's own seat, tasks and alerts."""

from desk.console import forms
from desk.console.floor import Floor
from desk.console.sockets import Console, StaffSockets
from desk.context import Desk
from desk.shown import Json
from shop import seats
from shop.errors import RequestUnknown
from shop.ports import UnitOfWork
from shop.tasks import finish_task


class Seating:
    def __init__(self, desk: Desk, sockets: StaffSockets, floor: Floor) -> None:
        self._desk, self._floor = desk, floor
        sockets.allow("receive", "state", forms.State, self.state)
        sockets.allow("look", "active", forms.Nothing, self.active)
        sockets.allow("receive", "task_done", forms.OfTask, self.task_done)
        sockets.allow("look", "alert_seen", forms.OfAlert, self.alert_seen)

    async def state(self, console: Console, form: forms.State) -> Json:
        return await self._floor.set_state(console.staff, form.state, form.note)

    async def active(self, console: Console, form: forms.Nothing) -> Json:
        def use_case(uow: UnitOfWork) -> None:
            seats.sit_down(uow, console.staff, self._desk.now())

        await self._desk.change(use_case)
        return {}

    async def task_done(self, console: Console, form: forms.OfTask) -> Json:
        await self._desk.change(lambda uow: finish_task(uow, form.number, console.staff, self._desk.now()) and None)
        return {}

    async def alert_seen(self, console: Console, form: forms.OfAlert) -> Json:
        def use_case(uow: UnitOfWork) -> None:
            alert = uow.alerts.find(form.id)
            if alert is None:
                raise RequestUnknown(number=form.id)
            if console.staff.id not in alert.seen_by:
                alert.seen_by.append(console.staff.id)

        await self._desk.change(use_case)
        return {}
