"""The agents' console: its events, in the order of docs/console.md."""

from desk.console.acting import Acting
from desk.console.floor import Floor
from desk.console.looking import Looking
from desk.console.phrasing import Phrasing
from desk.console.seating import Seating
from desk.console.sockets import StaffSockets
from desk.context import Desk
from desk.meanings import Meanings
from desk.telling import Teller


def open_console(desk: Desk, sockets: StaffSockets, teller: Teller, floor: Floor, meanings: Meanings) -> None:
    Looking(desk, sockets, floor)
    Acting(desk, sockets, teller)
    Seating(desk, sockets, floor)
    Phrasing(desk, sockets, meanings, desk.words.quick)
    sockets.refuse_others()
