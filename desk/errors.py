"""What a buyer, or the page, is told when something is refused: the one place where errors become words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from desk.rights import ForeignPage, RightMissing, ScopeMissing
from desk.tokens import TokenRefused
from shop import errors
from shop.kept_answers import StillAnswering, ToldOnce
from shop.passwords import PasswordRefused
from shop.policy import RuleRefused
from shop.rules.changing import RuleChanged
from shop.staff import IdTaken, LastManager, PersonRefused
from shop.teaching import LessonRefused
from shop.training import NothingTaught, TrainingUnderWay
from shop.webhooks.addresses import AddressRefused


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
    ScopeMissing: Spoken(403, "scope_missing", "这个令牌没有 {scope} 权限，请到“接口令牌”里新建一个~", ("scope",)),
    ForeignPage: Spoken(403, "foreign_page", "请您从本店的页面重新打开再操作~"),
    errors.BeyondAuthority: Spoken(
        403, "beyond_authority", "这一项超出您的权限{least}，请联系主管处理~", ("lowest_fen", "most_fen")
    ),
    errors.NotAllowed: Spoken(403, "not_allowed", "抱歉，这里暂时办理不了，请您联系人工客服~"),
    errors.Taken: Spoken(409, "taken", "{agent}已经在接待这位买家了，您可以看看其他会话~", ("agent",)),
    errors.SpeechBlocked: Spoken(409, "speech", "这句话里有不适合发给买家的用语，请您改一改再发~", ("findings",)),
    errors.LeftOpen: Spoken(409, "left_open", "您手上还有会话，请先转交给同事再离开~", ("rows",)),
    errors.AutoReplyMissing: Spoken(
        409, "auto_reply_missing", "「{states}」时的自动回复停用了，买家会收不到回音，请主管启用后您再上线~"
    ),
    errors.NoteNeeded: Spoken(409, "note_needed", "您是最后一位在线的客服，请写一句说明，主管会收到提醒~"),
    errors.CodeTaken: Spoken(409, "code_taken", "快捷编码 {code} 已经有短语在用了，请您换一个~"),
    errors.TooMany: Spoken(409, "too_many", "最多只能放 {limit} 条，请您先删掉不用的再添加~"),
    LastManager: Spoken(409, "last_manager", "这是店里最后一位经理，请您先添加另一位经理再操作~"),
    IdTaken: Spoken(409, "id_taken", "工号 {staff_id} 已经有人用了，离职的工号也不再给别人，请您换一个~"),
    RuleChanged: Spoken(409, "rule_changed", "「{label}」刚刚由{by}改成了“{now}”，这次的修改没有保存~", ("field",)),
    errors.Decided: Spoken(
        409, "decided", "{agent}刚刚处理了这条申请（{status}），请您看一下结果~", ("agent", "status")
    ),
    errors.AlreadyOpen: Spoken(409, "already_open", "同样的申请已经在等答复了（{number}），请您稍等~", ("number",)),
    errors.PhraseChanged: Spoken(
        409, "phrase_changed", "刚刚有同事改过这一条，您写的还在，请看看再决定用哪一份~", ("theirs",)
    ),
    errors.KeywordTaken: Spoken(
        409, "keyword_taken", "关键词“{keyword}”和“{other}”互相包含，机器人会分不清，请您换一个~", ("keyword",)
    ),
    errors.GroupInUse: Spoken(409, "group_in_use", "这个分组里还有 {count} 条短语，请您先选好移到哪里~", ("count",)),
    errors.NameTaken: Spoken(409, "name_taken", "已经有“{name}”了，请您换一个名字~", ("name",)),
    StillAnswering: Spoken(409, "still_answering", "同一个请求正在处理，请稍等片刻再试~"),
    ToldOnce: Spoken(409, "told_once", "这个请求已经办好，里面的密钥只显示一次~"),
    TrainingUnderWay: Spoken(409, "training_under_way", "已经有一次训练在进行（{number}），等它结束再开始下一次吧~"),
    NothingTaught: Spoken(409, "nothing_taught", "还没有教过新的说法，请您先教几句再训练~"),
    errors.Conflict: Spoken(409, "conflict", "状态刚刚有变化，请您刷新后再试~"),
    errors.TooLong: Spoken(413, "too_long", "消息有点长，请您分成 {limit} 字以内的几条发送~"),
    errors.TooFast: Spoken(429, "too_fast", "您发送得有点快，请稍等几秒再发~"),
    errors.PictureRefused: Spoken(422, "picture_refused", "{why}"),
    PasswordRefused: Spoken(422, "password_refused", "密码{why}，请您换一个~"),
    AddressRefused: Spoken(422, "address_refused", "{why}，请您改一改再保存~"),
    errors.PhraseRefused: Spoken(422, "phrase_refused", "{why}，请您改一改再保存~"),
    PersonRefused: Spoken(422, "person_refused", "「{label}」{why}，请您改一改再保存~", ("field",)),
    RuleRefused: Spoken(422, "rule_refused", "「{label}」{why}，请您改好再保存~", ("field",)),
    errors.MoreThanPaid: Spoken(
        422, "more_than_paid", "这笔订单最多还能退、补 {left} 元（实付减去已退已补），请您改一下金额~", ("left_fen",)
    ),
    errors.FileRefused: Spoken(422, "file_refused", "{why}", ("problems",)),
    LessonRefused: Spoken(422, "lesson_refused", "“{text}”{why}，请您改一改再教~"),
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
_UNSAID = {"minutes": "几", "agent": "同事", "status": "已处理", "number": "", "least": ""}
"""In place of a fact that an error does not carry."""


def speak(error: Exception) -> Spoken:
    """Status, code and Chinese words for an error; what is not the shop's own is `internal`."""
    if isinstance(error, TokenRefused) and error.facts.get("reason") == "expired":
        return EXPIRED
    spoken = next((SPOKEN[kind] for kind in type(error).__mro__ if kind in SPOKEN), BROKEN)
    facts = getattr(error, "facts", {})
    why = PICTURE_WHY.get(facts.get("reason", ""), PICTURE_WHY["broken"]).format_map({"megabytes": "", **facts})
    by = f"(现在由{facts['agent']}接待)" if facts.get("agent") else ""
    text = spoken.text.format_map({"why": why, "by": by, "limit": "", **_UNSAID, **_least(facts), **facts})
    return spoken._replace(text=text, more={name: facts[name] for name in spoken.shares if name in facts})


def _least(facts: Mapping[str, Any]) -> dict[str, str]:
    """How far the person may go, and what is left."""
    lowest, most, left = (facts.get(name) for name in ("lowest_fen", "most_fen", "left_fen"))
    if left is not None:
        return {"left": f"{left / 100:.2f}"}
    if most is not None:
        return {"least": f"（这笔订单您最多还可以给 {most / 100:.2f} 元）"}
    return {"least": f"（您最低可以给到 {lowest / 100:.2f} 元）"} if lowest is not None else {}


def as_json(spoken: Spoken) -> dict[str, Any]:
    return {"code": spoken.code, "text": spoken.text, **spoken.more}
