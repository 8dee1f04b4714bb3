"""Auto-replies for the managers: seen, written, switched, put back; tried before that. PH-01 to PH-06, PH-33."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from desk.access import CurrentDesk
from desk.api.reply_shapes import show_all, show_change, show_one
from desk.api.rights import Manager
from desk.context import Desk
from desk.forms import Name, Text
from desk.shown import Json
from phrases.reply_checks import check_may_be_off, check_reply, report
from phrases.reply_preview import preview
from phrases.variables import SAMPLE_FACTS
from shop import replies
from shop.conversations import get_conversation
from shop.model import Staff
from shop.ports import UnitOfWork
from shop.replies import ReplyDraft

router = APIRouter(prefix="/replies", tags=["自动回复"])
TALKS = 20

Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Words = Annotated[Text, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Short = Annotated[Text, Field(max_length=64, pattern=r"^[^\x00]*$")]


class WordingForm(BaseModel):
    """`starts`, `ends`: HH:MM; `first`, `last`: days; each may be empty."""

    text: Words = ""
    when: Annotated[dict[Name, Short | bool], Field(max_length=8)] = {}
    starts: Short = ""
    ends: Short = ""
    first: Short = ""
    last: Short = ""


Wordings = Annotated[list[WordingForm], Field(max_length=100)]


class ReplyForm(BaseModel):
    """`version` is the one that was edited, 0 for as shipped. No `wordings`: as shipped."""

    version: Version = 0
    scene: Short = ""
    wordings: Wordings = []
    enabled: bool = True
    to_person: bool = False
    keywords: Annotated[list[Short], Field(max_length=50)] = []
    priority: Annotated[int, Field(ge=0, le=99)] = 0

    def draft(self) -> ReplyDraft:
        wordings = [wording.model_dump() for wording in self.wordings]
        scene = self.scene.strip() or "、".join(self.keywords)[:64]
        return ReplyDraft(scene, wordings, self.enabled, self.to_person, self.keywords, self.priority)


class SwitchForm(BaseModel):
    version: Version
    enabled: bool


class RestoreForm(BaseModel):
    version: Version
    change: Version


class TextForm(BaseModel):
    text: Words


class PreviewForm(BaseModel):
    """`talk`: with the facts of that conversation; without one, with the variables' samples."""

    wordings: Wordings
    talk: Name | None = None


@router.get("")
async def listed(staff: Manager, desk: CurrentDesk) -> Json:
    return await desk.look(lambda uow: show_all(uow, desk.words.shipped))


@router.post("", status_code=201)
async def add(staff: Manager, desk: CurrentDesk, form: ReplyForm) -> Json:
    """One of the shop's own, said to its keywords. Raises PhraseRefused, TooMany, KeywordTaken."""
    return await _save(desk, staff, "", form.draft(), 0)


@router.get("/talks")
async def talks(staff: Manager, desk: CurrentDesk, words: Annotated[str, Query(max_length=64)] = "") -> Json:
    """Conversations to try a wording with."""

    def use_case(uow: UnitOfWork) -> Json:
        found = uow.conversations.matching(words, TALKS) if words.strip() else uow.conversations.listed(TALKS)
        return {"talks": [{"id": talk.id, "nick": talk.nick or "访客"} for talk in found]}

    return await desk.look(use_case)


@router.post("/check")
async def check(staff: Manager, form: TextForm) -> Json:
    """The word check while typing."""
    return asdict(report(form.text))


@router.post("/preview")
async def show_preview(staff: Manager, desk: CurrentDesk, form: PreviewForm) -> Json:
    """What a buyer would read. Raises ConversationUnknown."""
    names = {"shop_name": desk.settings.name, "service_name": desk.settings.service_name}

    def use_case(uow: UnitOfWork) -> dict[str, Any]:
        return desk.words.facts_of(uow, get_conversation(uow, form.talk)) if form.talk else {**SAMPLE_FACTS, **names}

    facts = await desk.look(use_case)
    return {"shown": [asdict(preview(wording.model_dump(), facts, desk.now())) for wording in form.wordings]}


@router.get("/{key}")
async def one(staff: Manager, desk: CurrentDesk, key: Name) -> Json:
    def use_case(uow: UnitOfWork) -> Json:
        replies.check_known(uow, key, desk.words.shipped.auto)
        return show_one(uow, key, desk.words.shipped)

    return await desk.look(use_case)


@router.put("/{key}")
async def change(staff: Manager, desk: CurrentDesk, key: Name, form: ReplyForm) -> Json:
    """Raises PhraseRefused, PhraseChanged, KeywordTaken, NotFound."""
    return await _save(desk, staff, key, form.draft(), form.version)


@router.delete("/{key}")
async def remove(staff: Manager, desk: CurrentDesk, key: Name, version: Version) -> Json:
    """An own one goes; a shipped one is as shipped again. Raises PhraseChanged, NotFound."""
    shipped = desk.words.shipped

    def use_case(uow: UnitOfWork) -> Json:
        replies.remove_reply(uow, staff, key, version, shipped.auto, desk.now())
        return {"reply": show_one(uow, key, shipped) if key in shipped.auto else None}

    return await desk.change(use_case)


@router.post("/{key}/enabled")
async def switch(staff: Manager, desk: CurrentDesk, key: Name, form: SwitchForm) -> Json:
    """Raises PhraseRefused for what is needed, PhraseChanged, NotFound."""
    shipped = desk.words.shipped
    if key in shipped.auto and not form.enabled:
        check_may_be_off(shipped.auto[key])

    def use_case(uow: UnitOfWork) -> Json:
        scenes = {name: reply.scene for name, reply in shipped.auto.items()}
        replies.switch_reply(uow, staff, key, form.enabled, form.version, scenes, desk.now())
        return {"reply": show_one(uow, key, shipped)}

    return await desk.change(use_case)


@router.get("/{key}/history")
async def history(staff: Manager, desk: CurrentDesk, key: Name) -> Json:
    """Newest first."""
    return await desk.look(lambda uow: {"changes": [show_change(c) for c in replies.history_of(uow, key)]})


@router.post("/{key}/restore")
async def restore(staff: Manager, desk: CurrentDesk, key: Name, form: RestoreForm) -> Json:
    """As it stood after that change. Raises PhraseRefused where today's checks refuse it, PhraseChanged, NotFound."""
    shipped = desk.words.shipped
    earlier = await desk.look(lambda uow: replies.find_earlier(uow, key, form.change))
    if earlier is not None:
        return await _save(desk, staff, key, earlier, form.version)

    def use_case(uow: UnitOfWork) -> Json:
        replies.remove_reply(uow, staff, key, form.version, shipped.auto, desk.now())
        return {"reply": show_one(uow, key, shipped) if key in shipped.auto else None}

    return await desk.change(use_case)


async def _save(desk: Desk, staff: Staff, key: str, draft: ReplyDraft, version: int) -> Json:
    shipped = desk.words.shipped
    checked = check_reply(draft, shipped.auto.get(key))

    def use_case(uow: UnitOfWork) -> Json:
        saved = replies.save_reply(uow, staff, key, checked, version, shipped.auto, desk.now())
        return {"reply": show_one(uow, saved.key, shipped)}

    return await desk.change(use_case)
