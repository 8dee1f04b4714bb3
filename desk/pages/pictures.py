"""Sending pictures up, and showing them to those who are in the talk."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile
from starlette.responses import Response

from desk.access import CurrentDesk, CurrentTalks
from desk.pictures import MEGABYTE
from shop.errors import FieldWrong, PictureRefused

router = APIRouter()

FORM_BYTES = 64 * 1024
"""What a form may hold beside the picture."""
AT_ONCE = asyncio.Semaphore(2)
"""A large picture takes 150 MB while it is read."""


@router.post("/pictures")
async def send_up(
    request: Request,
    desk: CurrentDesk,
    talks: CurrentTalks,
    authorization: Annotated[str, Header()] = "",
    content_length: Annotated[int, Header()] = -1,
) -> dict[str, str]:
    """A form with `file` and, where no Authorization header is sent, the guest token as `guest`."""
    megabytes = (await desk.look(lambda uow: uow.policies.current())).picture_megabytes
    if not 0 <= content_length <= megabytes * MEGABYTE + FORM_BYTES:
        raise PictureRefused(reason="size", megabytes=megabytes)
    async with request.form(max_files=1, max_fields=4, max_part_size=FORM_BYTES) as form:
        file, guest = form.get("file"), form.get("guest")
        if not isinstance(file, UploadFile):
            raise FieldWrong(field="file")
        visitor = desk.tokens.bearer(authorization or f"Bearer {guest or ''}")
        conversation_id = await talks.of(visitor)
        data = await file.read()
    async with AT_ONCE:
        picture_id = await asyncio.to_thread(desk.pictures.save, conversation_id, data, megabytes)
    return {"id": picture_id, "url": desk.pictures.link(conversation_id, picture_id)}


@router.get("/pictures/{picture_id}")
def show(
    desk: CurrentDesk,
    picture_id: str,
    conversation_id: Annotated[str, Query(alias="in")],
    until: Annotated[str, Query(pattern=r"^\d{1,8}$")],
    sig: str,
) -> Response:
    """Behind a signed address only: an `<img>` can send no token."""
    path = desk.pictures.find(conversation_id, picture_id, until, sig)
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400, immutable"})
