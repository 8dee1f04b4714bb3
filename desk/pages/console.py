"""The agents' console, and the pictures that agents send from it."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from desk.access import CurrentDesk, show_page
from desk.pages.pictures import AT_ONCE, FORM_BYTES
from desk.pictures import MEGABYTE
from desk.shown import Json
from desk.staff_access import CurrentStaff, check_right, staff_of_cookie, to_sign_in
from shop.errors import FieldWrong, PictureRefused
from shop.takeover import check_holds

router = APIRouter()


@router.get("/console")
async def page(request: Request, desk: CurrentDesk) -> Response:
    """Leads to sign-in whoever is not signed in. Raises RightMissing for roles that have no console."""
    staff = await staff_of_cookie(desk, request.headers.get("cookie", ""))
    if staff is None:
        return to_sign_in(request)
    check_right(staff, "look")
    answer = show_page(request, "console.html")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/console/pictures")
async def send_up(
    request: Request, desk: CurrentDesk, staff: CurrentStaff, content_length: Annotated[int, Header()] = -1
) -> Json:
    """A form with `talk` and `file`, from who holds the talk. Raises NotYourTalk, PictureRefused."""
    megabytes = (await desk.look(lambda uow: uow.policies.current())).picture_megabytes
    if not 0 <= content_length <= megabytes * MEGABYTE + FORM_BYTES:
        raise PictureRefused(reason="size", megabytes=megabytes)
    async with request.form(max_files=1, max_fields=4, max_part_size=FORM_BYTES) as form:
        file, talk = form.get("file"), str(form.get("talk") or "")
        if not isinstance(file, UploadFile):
            raise FieldWrong(field="file")
        await desk.look(lambda uow: check_holds(uow, talk, staff))
        data = await file.read()
    async with AT_ONCE:
        picture_id = await asyncio.to_thread(desk.pictures.save, talk, data, megabytes)
    return {"id": picture_id, "url": desk.pictures.link(talk, picture_id)}
