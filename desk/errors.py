"""What a buyer, or the page, is told when something is refused: the one place where errors become words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from desk.rights import ForeignPage, RightMissing
from desk.tokens import TokenRefused
from shop import errors
from shop.passwords import PasswordRefused


class Spoken(NamedTuple):
    """`shares`: the facts that the page gets beside the words, in `more`; they must be plain data."""

    status: int
    code: str
    text: str
    shares: tuple[str, ...] = ()
    more: Mapping[str, Any] = MappingProxyType({})


SPOKEN: dict[type[Exception], Spoken] = {
    errors.ProductUnknown: Spoken(404, "product_unknown", "没有找到这款商品哦，请您换一款看看~"),
    errors.OrderUnknown: Spoken(404, "order_unknown", "没有找到这个订单，麻烦您核对一下订单号~"),
    errors.OrderNotYours: Spoken(404, "order_unknown", "没有找到这个订单，麻烦您核对一下订单号~"),
    errors.ConversationUnknown: Spoken(404, "conversation_unknown", "会话还没有开始，请您刷新一下页面~"),
    errors.StaffUnknown: Spoken(404, "staff_unknown", "没有找到这位同事，请您核对一下工号~"),
    errors.NotFound: Spoken(404, "not_found", "没有找到您要的内容，请您刷新一下页面~"),
    TokenRefused: Spoken(401, "token_wrong", "登录信息无效，请您重新登录~"),
    errors.SignInFailed: Spoken(401, "sign_in_failed", "工号或密码不正确，请您核对后再试~"),
    errors.TooManyTries: Spoken(429, "too_many_tries", "输错的次数有点多，请您 {minutes} 分钟后再试~", ("minutes",)),
    errors.NotYourTalk: Spoken(403, "not_your_talk", "这个会话不在您手上{by}，请您先接手再处理~", ("agent",)),
    RightMissing: Spoken(403, "right_missing", "您的角色没有这项权限，请联系主管~"),
    ForeignPage: Spoken(403, "foreign_page", "请您从本店的页面重新打开再操作~"),
    errors.BeyondAuthority: Spoken(403, "beyond_authority", "这一项超出您的权限，请联系主管处理~"),
    errors.NotAllowed: Spoken(403, "not_allowed", "抱歉，这里暂时办理不了，请您联系人工客服~"),
    errors.Taken: Spoken(409, "taken", "{agent}已经在接待这位买家了，您可以看看其他会话~", ("agent",)),
    errors.SpeechBlocked: Spoken(409, "speech", "这句话里有不适合发给买家的用语，请您改一改再发~", ("findings",)),
    errors.LeftOpen: Spoken(409, "left_open", "您手上还有会话，请先转交给同事再离开~", ("rows",)),
    errors.NoteNeeded: Spoken(409, "note_needed", "您是最后一位在线的客服，请写一句说明，主管会收到提醒~"),
    errors.CodeTaken: Spoken(409, "code_taken", "快捷编码 {code} 已经有短语在用了，请您换一个~"),
    errors.TooMany: Spoken(409, "too_many", "最多只能放 {limit} 条，请您先删掉不用的再添加~"),
    errors.Conflict: Spoken(409, "conflict", "状态刚刚有变化，请您刷新后再试~"),
    errors.TooLong: Spoken(413, "too_long", "消息有点长，请您分成 {limit} 字以内的几条发送~"),
    errors.TooFast: Spoken(429, "too_fast", "您发送得有点快，请稍等几秒再发~"),
    errors.PictureRefused: Spoken(422, "picture_refused", "{why}"),
    PasswordRefused: Spoken(422, "password_refused", "密码{why}，请您换一个~"),
    errors.PhraseRefused: Spoken(422, "phrase_refused", "{why}，请您改一改再保存~"),
    errors.FieldWrong: Spoken(422, "field_wrong", "内容有点问题，请您检查后再发一次~"),
    errors.BadInput: Spoken(422, "bad_input", "内容有点问题，请您检查后再发一次~"),
}
EXPIRED = Spoken(401, "token_expired", "登录已过期，请您重新登录~")
BROKEN = Spoken(500, "internal", "系统开小差了，请您稍后再试~")
HTTP = {
    404: Spoken(404, "not_found", "没有找到您要的内容~"),
    405: Spoken(405, "method_not_allowed", "暂不支持这样的操作~"),
    422: SPOKEN[errors.FieldWrong],
}
PICTURE_WHY = {
    "size": "图片有点大，请您发送 {megabytes} MB 以内的图片~",
    "pixels": "图片尺寸太大了，请您缩小后再发~",
    "kind": "请您发送 JPG、PNG 或 WebP 格式的图片~",
    "broken": "图片好像没有传完整，请您重新发一次~",
}
_UNSAID = {"minutes": "几", "agent": "同事"}
"""In place of a fact that an error does not carry."""


def speak(error: Exception) -> Spoken:
    """Status, code and Chinese words for an error; what is not the shop's own is `internal`."""
    if isinstance(error, TokenRefused) and error.facts.get("reason") == "expired":
        return EXPIRED
    spoken = next((SPOKEN[kind] for kind in type(error).__mro__ if kind in SPOKEN), BROKEN)
    facts = getattr(error, "facts", {})
    why = PICTURE_WHY.get(facts.get("reason", ""), PICTURE_WHY["broken"]).format_map({"megabytes": "", **facts})
    by = f"(现在由{facts['agent']}接待)" if facts.get("agent") else ""
    text = spoken.text.format_map({"why": why, "by": by, "limit": "", **_UNSAID, **facts})
    return spoken._replace(text=text, more={name: facts[name] for name in spoken.shares if name in facts})


def as_json(spoken: Spoken) -> dict[str, Any]:
    return {"code": spoken.code, "text": spoken.text, **spoken.more}
