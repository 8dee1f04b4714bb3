"""The console as an agent handles it, and what a test needs to sit down at it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import BrowserContext, Locator, Page, expect

from shop.model import Group, Role, Staff
from shop.passwords import hash_password
from shop.wiring import Services

PASSWORD = "eine-lange-Losung-7"
_HASH = hash_password(PASSWORD)


def hire(
    services: Services, staff_id: str = "901", name: str = "小安", role: Role = Role.AGENT, groups: tuple[str, ...] = ()
) -> Staff:
    """A member of staff who can sign in with PASSWORD; their groups are founded where they are missing."""
    staff = Staff(staff_id, name, role, groups=list(groups), password_hash=_HASH)
    with services.unit_of_work() as uow:
        uow.people.add(staff)
        for code in groups:
            if uow.groups.find(code) is None:
                uow.groups.add(Group(code, code))
        uow.commit()
    return staff


async def sign_in(context: BrowserContext, home: str, staff_id: str = "901", password: str = PASSWORD) -> None:
    """Every page of this context is that person's from now on."""
    form = {"staff_id": staff_id, "password": password}
    answer = await context.request.post(f"{home}/api/staff/sign-in", data=form, headers={"Origin": home})
    assert answer.ok, await answer.text()


def listen(context: BrowserContext, home: str) -> list[str]:
    """What goes wrong in the pages of the context: errors, CSP reports, requests to other sites."""
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    context.on(
        "request",
        lambda request: None if request.url.startswith((home, "blob:", "data:")) else complaints.append(request.url),
    )
    return complaints


@dataclass
class ConsolePage:
    page: Page
    home: str

    @classmethod
    async def enter(cls, context: BrowserContext, home: str, staff_id: str = "901", online: bool = True) -> ConsolePage:
        """Signed in and sitting down in a tab of its own; in the state 在线 unless told otherwise."""
        await sign_in(context, home, staff_id)
        console = cls(await context.new_page(), home)
        await console.open()
        if online:
            await console.choose_state("在线")
        return console

    async def open(self) -> None:
        await self.page.goto(f"{self.home}/console")
        await self.ready()

    async def ready(self) -> None:
        """The desk has let the page in."""
        await expect(self.page.locator("html.entered")).to_have_count(1)

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    # one's seat

    @property
    def seat_state(self) -> Locator:
        return self.at("#seat-state")

    async def choose_state(self, state: str) -> None:
        """Asks for it; a dialog may stand in the way (`dialog`)."""
        await self.at("#seat").click()
        await self.page.get_by_role("menuitemradio", name=state).click()

    # the lists

    @property
    def rows(self) -> Locator:
        return self.at("#rows .talk-item")

    def row(self, nick: str) -> Locator:
        return self.rows.filter(has=self.page.locator(".row-nick", has_text=nick))

    async def nicks(self) -> list[str]:
        """As they stand."""
        return await self.rows.locator(".row-nick").all_text_contents()

    async def choose_list(self, which: str) -> None:
        """`mine`, `queue`, `bot`, `all`, `tasks`."""
        await self.at(f"#tab-{which}").click()

    def count_of(self, which: str) -> Locator:
        return self.at(f"#tab-{which} .count-badge")

    async def search(self, words: str) -> None:
        await self.at("#search").fill(words)

    async def show(self, nick: str) -> None:
        """Opens the conversation from the list in view."""
        await self.row(nick).locator(".talk-row").click()
        await expect(self.at("#talk-nick")).to_have_text(nick)

    # the conversation

    @property
    def messages(self) -> Locator:
        """Confirmed messages of all sides, notices among them."""
        return self.at("#talk [data-seq]")

    @property
    def mine(self) -> Locator:
        return self.at("#talk .row.agent.mine")

    @property
    def waiting(self) -> Locator:
        """Messages that the desk has not confirmed."""
        return self.at("#waiting .row")

    @property
    def notes(self) -> Locator:
        return self.at("#talk .row.note")

    @property
    def holder(self) -> Locator:
        return self.at("#talk-holder")

    @property
    def holder_banner(self) -> Locator:
        return self.at("#holder-banner")

    @property
    def hand_card(self) -> Locator:
        return self.at("#hand-card")

    @property
    def hint(self) -> Locator:
        return self.at("#hint")

    @property
    def line_banner(self) -> Locator:
        return self.at("#banner")

    @property
    def dialog(self) -> Locator:
        return self.at("dialog[open]")

    async def take(self, nick: str = "", which: str = "") -> None:
        """The conversation in view, or the one of that nick; `which` is the list it stands in."""
        if which:
            await self.choose_list(which)
        if nick:
            await self.show(nick)
        await self.page.keyboard.press("Alt+T")
        await expect(self.holder).to_have_text("我接待中")

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def said(self, text: str) -> Locator:
        """The confirmed bubble of this agent with exactly this text."""
        bubble = self.mine.locator(".bubble").get_by_text(text, exact=True)
        await expect(bubble).to_be_visible()
        return bubble

    async def heard(self, text: str) -> Locator:
        """A bubble of the buyer's with exactly this text."""
        bubble = self.at("#talk .row.buyer .bubble").get_by_text(text, exact=True)
        await expect(bubble).to_be_visible()
        return bubble

    async def note(self, text: str) -> None:
        """Writes a note for colleagues, and goes back to answering."""
        await self.page.keyboard.press("Alt+M")
        await self.say(text)
        await expect(self.notes.filter(has_text=text)).to_be_visible()
        await self.page.keyboard.press("Alt+M")

    # the field

    @property
    def field(self) -> Locator:
        return self.at("#text")

    @property
    def popup(self) -> Locator:
        return self.at("#popup")

    @property
    def options(self) -> Locator:
        return self.at("#popup-list [role=option]")

    @property
    def findings(self) -> Locator:
        return self.at("#findings")

    @property
    def blanks(self) -> Locator:
        return self.at("#blanks .blank-chip")

    @property
    def suggestions(self) -> Locator:
        return self.at("#suggest .suggestion")

    async def selected(self) -> str:
        """What is selected in the field."""
        text: str = await self.field.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)")
        return text

    # beside it

    async def choose_panel(self, which: str) -> None:
        """`buyer`, `orders`, `phrases`, `hands`."""
        await self.at(f"#side-tab-{which}").click()

    def panel(self, which: str) -> Locator:
        return self.at(f"#side-{which}")
