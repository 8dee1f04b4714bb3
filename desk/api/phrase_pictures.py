"""设置 → 快捷短语: a picture that goes with a phrase. Sent up first, then saved with the phrase. PH-09."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.datastructures import UploadFile

from desk.access import CurrentDesk
from desk.api.rights import Manager
from desk.pages.pictures import AT_ONCE, FORM_BYTES
from desk.pictures import LIBRARY, MEGABYTE
from desk.shown import Json
from shop.errors import FieldWrong, PictureRefused

router = APIRouter(prefix="/phrases")


@router.post("/pictures", status_code=201)
async def send_up(
    request: Request, desk: CurrentDesk, staff: Manager, content_length: Annotated[int, Header()] = -1
) -> Json:
    """A form with `file`; {id, url}. Buyers see it when they get it. Raises PictureRefused, FieldWrong."""
    megabytes = (await desk.look(lambda uow: uow.policies.current())).picture_megabytes
    if not 0 <= content_length <= megabytes * MEGABYTE + FORM_BYTES:
        raise PictureRefused(reason="size", megabytes=megabytes)
    async with request.form(max_files=1, max_fields=4, max_part_size=FORM_BYTES) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise FieldWrong(field="file")
        data = await file.read()
    async with AT_ONCE:
        picture_id = await asyncio.to_thread(desk.pictures.save, LIBRARY, data, megabytes)
    return {"id": picture_id, "url": desk.pictures.link(LIBRARY, picture_id)}
