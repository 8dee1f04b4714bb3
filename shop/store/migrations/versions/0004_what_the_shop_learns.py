"""What the shop learns: taught messages and models, calls to other programs, what became of each phrase"""

import sqlalchemy as sa
from alembic import op

from shop.store.engine import drop_keeping, keep_as_written
from shop.store.migrations.merged_replies import merge_saved_replies

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANGES = (
    "自动回复",
    "快捷短语",
    "短语分组",
    "店铺规则",
    "员工",
    "审批",
    "查看个人资料",
    "导出",
    "接口令牌",
)

ALERTS = (
    "最后一个座位示忙",
    "离开未示忙",
    "离线时还有未交接的会话",
    "客服超时未回复",
    "无人接待",
    "排队过长",
    "不文明用语",
    "紧急会话",
    "任务到期",
    "议价审批",
)
PAYOUT_ALERT = "退款补偿审批"


def upgrade() -> None:
    add_teaching()
    add_webhooks()
    add_phrase_uses()
    add_phrase_pictures()
    add_requests_for_leaders()
    add_gaps()
    merge_saved_replies(op.get_bind())


def downgrade() -> None:
    op.drop_table("gaps")
    drop_phrase_pictures()
    op.drop_table("phrase_days")
    drop_requests_for_leaders()
    drop_webhooks()
    drop_teaching()


def add_teaching() -> None:
    """Training messages that managers confirmed, trainings and the model that is live."""
    op.create_table(
        "taught_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_taught_messages_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taught_messages")),
        sa.UniqueConstraint("text", name=op.f("uq_taught_messages_text")),
    )
    with op.batch_alter_table("taught_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taught_messages_intent"), ["intent"], unique=False)
        batch_op.create_index(batch_op.f("ix_taught_messages_conversation_id"), ["conversation_id"], unique=False)
    op.create_table(
        "trainings",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("go_live", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "等待",
                "训练中",
                "检验中",
                "可用",
                "不如原来",
                "失败",
                "已取消",
                name="trainingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exam", sa.Integer(), nullable=False),
        sa.Column("exam_before", sa.Integer(), nullable=False),
        sa.Column("exam_after", sa.Integer(), nullable=False),
        sa.Column("lessons_before", sa.Integer(), nullable=False),
        sa.Column("lessons_after", sa.Integer(), nullable=False),
        sa.Column("changed", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trainings")),
    )
    with op.batch_alter_table("trainings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trainings_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_trainings_state"), ["state"], unique=False)
    op.create_table(
        "live_models",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("before_base", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_live_models")),
    )
    allow_changes((*CHANGES, "教机器人"))


def drop_teaching() -> None:
    drop_keeping(op.get_bind(), "changes")
    op.execute("DELETE FROM changes WHERE kind = '教机器人'")
    keep_as_written(op.get_bind(), "changes")
    allow_changes(CHANGES)
    for table in ("live_models", "trainings", "taught_messages"):
        op.drop_table(table)


def allow_changes(kinds: tuple[str, ...]) -> None:
    """What changes may be of. A SQLite table is made anew for it, without its old check and its triggers."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.drop_constraint(op.f("ck_changes_changekind"), "changes", type_="check")
    with op.batch_alter_table("changes", recreate="auto") as batch_op:
        allowed = ", ".join(f"'{kind}'" for kind in kinds)
        batch_op.create_check_constraint(op.f("ck_changes_changekind"), f"kind IN ({allowed})")
    if sqlite:
        keep_as_written(op.get_bind(), "changes")


def add_webhooks() -> None:
    """Addresses that hear of events, and what is still to be told them."""
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("areas", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", one_of("webhookstate", "推送中", "已停用", "已暂停", "对方已关闭"), nullable=False),
        sa.Column("secret_no", sa.Integer(), nullable=False),
        sa.Column("overlap_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_table(
        "deliveries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("webhook_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", one_of("deliverystate", "等待", "成功", "放弃"), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease", sa.Text(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("id", name=op.f("uq_deliveries_id")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_done_at"), ["done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_stream"), ["stream"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deliveries_webhook_id_state_stream_number"),
            ["webhook_id", "state", "stream", "number"],
            unique=False,
        )
    allow_changes((*CHANGES, "教机器人", "消息推送"))


def drop_webhooks() -> None:
    drop_keeping(op.get_bind(), "changes")
    op.execute("DELETE FROM changes WHERE kind = '消息推送'")
    keep_as_written(op.get_bind(), "changes")
    allow_changes((*CHANGES, "教机器人"))
    op.drop_table("deliveries")
    op.drop_table("webhooks")


def add_phrase_uses() -> None:
    """What was said of the library, and what came of it."""
    op.create_table(
        "phrase_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_phrase_days")),
    )


def add_phrase_pictures() -> None:
    """A picture that goes with a quick phrase."""
    with op.batch_alter_table("saved_phrases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("picture", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("saved_phrases", schema=None) as batch_op:
        batch_op.alter_column("picture", server_default=None)


def drop_phrase_pictures() -> None:
    with op.batch_alter_table("saved_phrases", schema=None) as batch_op:
        batch_op.drop_column("picture")


def add_requests_for_leaders() -> None:
    """What an agent may not decide alone."""
    op.create_table(
        "payouts",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("kind", one_of("payoutkind", "退款", "补偿"), nullable=False),
        sa.Column("form", one_of("payoutform", "现金", "优惠券"), nullable=False),
        sa.Column(
            "cause",
            one_of("payoutcause", "发货延迟", "物流丢失", "商品损坏", "错发漏发", "质量问题", "服务不周", "其他"),
            nullable=False,
        ),
        sa.Column("asked_fen", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request_no", sa.String(), nullable=True),
        sa.Column(
            "state",
            one_of("payoutstate", "待审批", "已给出", "已同意", "已改金额", "已拒绝"),
            nullable=False,
        ),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_payouts_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_payouts_order_no_orders")),
        sa.ForeignKeyConstraint(["request_no"], ["aftersales.number"], name=op.f("fk_payouts_request_no_aftersales")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_payouts")),
        sa.UniqueConstraint("client_id", name=op.f("uq_payouts_client_id")),
    )
    with op.batch_alter_table("payouts", schema=None) as batch_op:
        for column in ("conversation_id", "order_no", "request_no", "state", "decided_at"):
            batch_op.create_index(batch_op.f(f"ix_payouts_{column}"), [column], unique=False)
    allow_alerts((*ALERTS, PAYOUT_ALERT))


def drop_requests_for_leaders() -> None:
    op.execute(sa.text("DELETE FROM alerts WHERE kind = :kind").bindparams(kind=PAYOUT_ALERT))
    allow_alerts(ALERTS)
    op.drop_table("payouts")


def add_gaps() -> None:
    """What the bot did not answer well. Of the time before, what can still be told: failed turns, questions back."""
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", one_of("gapkind", "没听懂", "问了一遍", "转人工", "没答上", "评价低"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", one_of("gapstate", "待处理", "已教", "已做成自动回复", "不用管"), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_gaps_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gaps")),
        sa.UniqueConstraint("conversation_id", "seq", name=op.f("uq_gaps_conversation_id_seq")),
    )
    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gaps_at"), ["at"], unique=False)
    op.execute(
        "INSERT INTO gaps (conversation_id, seq, first_seq, at, kind, reason, state, intent)"
        " SELECT t.conversation_id, t.seq, t.seq, t.created_at,"
        " CASE WHEN t.state = 'failed' THEN '没答上' ELSE '问了一遍' END, '', '待处理', ''"
        " FROM turns t JOIN messages m ON m.conversation_id = t.conversation_id AND m.seq = t.seq"
        " WHERE m.kind = 'text' AND CAST(m.buttons AS TEXT) = '[]'"
        " AND (t.state = 'failed' OR EXISTS (SELECT 1 FROM messages b WHERE b.conversation_id = t.conversation_id"
        " AND b.turn_id = t.id AND b.phrase_key = 'clarify'))"
    )


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def allow_alerts(kinds: tuple[str, ...]) -> None:
    """What alerts may be of; a SQLite table is made anew for it, and its old check is not taken along."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_alerts_alertkind"), "alerts", type_="check")
    with op.batch_alter_table("alerts", recreate="auto") as batch_op:
        allowed = ", ".join(f"'{kind}'" for kind in kinds)
        batch_op.create_check_constraint(op.f("ck_alerts_alertkind"), f"kind IN ({allowed})")
