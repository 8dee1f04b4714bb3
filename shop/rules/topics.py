"""Which rule stands under which topic of the page. A rule without one fails a test."""

from typing import NamedTuple


class Topic(NamedTuple):
    """`code` is the topic's place on the page."""

    code: str
    title: str
    note: str
    rules: tuple[str, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        "bargain",
        "议价",
        "能让多少、让几次、多久有效；超出权限的转请示",
        ("discount_tiers", "offer_hours", "bargain_rounds", "approval_minutes"),
    ),
    Topic(
        "money",
        "退款与补偿",
        "谁能直接退多少、补多少；超出权限的请示上级，到“审批”里答复",
        ("compensations", "refund_limits", "compensation_limits", "compensation_max_fen"),
    ),
    Topic(
        "hours",
        "营业时间",
        "人工什么时候在；不在时机器人照常接待，并告诉买家何时上班",
        ("working_hours", "special_days"),
    ),
    Topic(
        "reception",
        "接待",
        "买家来了先由谁接待，一位客服接多少人",
        (
            "reception",
            "max_buyers",
            "queue_alert",
            "reopen_minutes",
            "away_minutes",
            "offline_seconds",
            "recall_seconds",
        ),
    ),
    Topic(
        "silence",
        "静默与提醒",
        "谁多久没说话时，提醒谁、何时结束",
        (
            "answer_seconds",
            "warn_seconds",
            "excuse_seconds",
            "remind_minutes",
            "close_minutes",
            "call_back_minutes",
            "complaint_minutes",
            "prompt_seconds",
        ),
    ),
    Topic(
        "bot",
        "机器人阈值",
        "机器人有多大把握才答，什么时候转给人",
        (
            "sure_percent",
            "offer_percent",
            "misses",
            "angry_messages",
            "thought_seconds",
            "exam_slack",
            "turn_seconds",
            "verify_tries",
        ),
    ),
    Topic(
        "parcels",
        "运费与物流",
        "寄到哪里、多少运费，多久没有物流算异常",
        ("freight_regions", "first_scan_hours", "still_hours"),
    ),
    Topic(
        "aftersale",
        "售后时限",
        "退、换、价保、收货的天数",
        (
            "return_days",
            "exchange_days",
            "quality_days",
            "price_protection_days",
            "extend_days",
            "confirm_days",
        ),
    ),
    Topic("speech", "用语", "哪些话不能发给买家", ("speech_blocked", "forbidden_words")),
    Topic(
        "window",
        "聊天窗口",
        "一条消息多长、一次发多少",
        ("text_limit", "burst_messages", "burst_seconds", "picture_megabytes"),
    ),
    Topic("sign_in", "登录安全", "客服登录多久有效，输错几次暂停", ("session_hours", "sign_in_tries")),
)
