"""One service of a buyer by people: begun, answered, closed with its result, rated. CW-13, CW-23."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.errors import FieldWrong, WrongState
from shop.gap_notes import note_low_rating
from shop.model import Conversation, Service, ServiceKind, ServiceResult, Staff
from shop.ports import UnitOfWork

CAUSES: dict[ServiceKind, tuple[str, ...]] = {
    ServiceKind.QUESTION: (
        "商品咨询",
        "尺码推荐",
        "优惠活动",
        "议价",
        "付款",
        "发货时间",
        "物流进度",
        "发票",
        "其他咨询",
    ),
    ServiceKind.AFTERSALE: ("退货", "换货", "退款", "补发", "维修", "质量问题", "破损", "发错少发", "价保", "其他售后"),
    ServiceKind.COMPLAINT: ("丢失", "损坏", "延迟", "服务态度", "质量", "价格", "其他投诉"),
    ServiceKind.OTHER: ("闲聊", "无效消息", "广告", "其他"),
}
COMMENT_LENGTH = 500
RATING_DAYS = 7
"""How long a closed service may be rated."""


def begin_service(uow: UnitOfWork, conversation: Conversation, agent: Staff, now: datetime) -> Service:
    """The open one goes on with its new agent."""
    service = find_open(uow, conversation)
    if service is None:
        service = Service(
            uow.numbers.next("FW", now), conversation.id, agent.id, now, order_no=conversation.order_no or ""
        )
        uow.services.add(service)
        conversation.service_no = service.number
    service.agent_id = agent.id
    return service


def find_open(uow: UnitOfWork, conversation: Conversation) -> Service | None:
    return uow.services.find(conversation.service_no) if conversation.service_no else None


@dataclass(frozen=True)
class Ending:
    """How a service ended. CW-23."""

    kind: ServiceKind
    cause: str
    result: ServiceResult
    order_no: str = ""


def end_service(uow: UnitOfWork, conversation: Conversation, by: str, ending: Ending, now: datetime) -> Service | None:
    """Raises FieldWrong where the cause is none of its kind's, or the order is not this buyer's (CW-23)."""
    order_no = ending.order_no
    if ending.cause not in CAUSES[ending.kind]:
        raise FieldWrong(field="cause", value=ending.cause)
    order = uow.orders.find(order_no) if order_no else None
    if order_no and (order is None or not _is_own(conversation, order.buyer_id, order_no)):
        raise FieldWrong(field="order_no", value=order_no)
    service = find_open(uow, conversation)
    conversation.service_no = ""
    if service is None:
        return None
    service.closed_at, service.closed_by = now, by
    service.kind, service.cause, service.result = ending.kind, ending.cause, ending.result
    service.order_no = order_no or service.order_no
    return service


def _is_own(conversation: Conversation, buyer_id: str, order_no: str) -> bool:
    return conversation.buyer_id == buyer_id or order_no in conversation.verified_orders


@dataclass(frozen=True)
class Rating:
    service: str
    stars: int
    comment: str = ""


def rate(uow: UnitOfWork, conversation: Conversation, rating: Rating, now: datetime) -> tuple[Service, bool]:
    """Once a service; the same again changes nothing and the second value is False.

    Raises FieldWrong for a service that is not this buyer's or stars out of 1 to 5, WrongState where it was rated
    otherwise, was never closed or is long past.
    """
    number, stars, comment = rating.service, rating.stars, rating.comment
    service = uow.services.find(number)
    if service is None or service.conversation_id != conversation.id:
        raise FieldWrong(field="service", value=number)
    if not 1 <= stars <= 5 or len(comment) > COMMENT_LENGTH:
        raise FieldWrong(field="stars", value=stars, low=1, high=5)
    if service.rating == stars and service.comment == comment.strip():
        return service, False
    if service.rating is not None or not _may_rate(service, now):
        raise WrongState(number=number, status="已评价" if service.rating else "未结束", to="评价")
    service.rating, service.comment, service.rated_at = stars, comment.strip(), now
    note_low_rating(uow, service)
    return service, True


def _may_rate(service: Service, now: datetime) -> bool:
    return service.closed_at is not None and now - service.closed_at < timedelta(days=RATING_DAYS)
