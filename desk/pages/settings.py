"""设置: the managers' pages, one a section, with a menu beside them. PH-02, PH-03, HE-07."""

from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from desk.access import CurrentDesk, show_page
from desk.rights import Action, may
from desk.staff_access import check_right, describe_staff, staff_of_cookie, to_sign_in
from shop.errors import NotFound
from shop.model import Staff

router = APIRouter()
HOME = "/settings"


class Section(NamedTuple):
    """`path` names its template `settings_<path>.html`, with - as _, its script and its style in `static/settings`."""

    path: str
    title: str
    group: str
    needs: Action


SECTIONS: tuple[Section, ...] = (
    Section("auto-replies", "自动回复设置", "客服设置", "manage"),
    Section("phrases", "快捷短语", "客服设置", "manage"),
    Section("care", "话术体检", "客服设置", "lead"),
    Section("gaps", "没答好的问题", "客服设置", "manage"),
    Section("teaching", "教机器人", "客服设置", "manage"),
    Section("rules", "店铺规则", "店铺", "manage"),
    Section("people", "员工", "店铺", "manage"),
    Section("approvals", "审批", "店铺", "lead"),
    Section("discounts", "优惠统计", "店铺", "lead"),
    Section("tokens", "接口令牌", "店铺", "manage"),
    Section("webhooks", "消息推送", "店铺", "manage"),
    Section("changes", "操作记录", "店铺", "manage"),
)
"""In the order of the menu."""


@router.get(HOME)
async def home(request: Request, desk: CurrentDesk) -> Response:
    """The first section that the person may see."""
    staff = await staff_of_cookie(desk, request.headers.get("cookie", ""))
    if staff is None:
        return to_sign_in(request)
    check_right(staff, "lead")
    return RedirectResponse(f"{HOME}/{sections_of(staff)[0].path}", status_code=303)


@router.get(HOME + "/{path}")
async def page(request: Request, desk: CurrentDesk, path: str) -> Response:
    """Leads to sign-in whoever is not signed in. Raises RightMissing, NotFound."""
    staff = await staff_of_cookie(desk, request.headers.get("cookie", ""))
    if staff is None:
        return to_sign_in(request)
    section = next((section for section in SECTIONS if section.path == path), None)
    if section is None:
        raise NotFound(path=path)
    check_right(staff, section.needs)
    facts = {"me": describe_staff(staff), "section": section, "sections": sections_of(staff)}
    answer = show_page(request, f"settings_{path.replace('-', '_')}.html", **facts)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def sections_of(staff: Staff) -> list[Section]:
    return [section for section in SECTIONS if may(staff, section.needs)]
