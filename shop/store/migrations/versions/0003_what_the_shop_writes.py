"""What the shop writes itself, and who changed what"""

import sqlalchemy as sa
from alembic import op

from shop.store.engine import drop_keeping, keep_as_written

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

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
)


def allow_alerts(kinds: tuple[str, ...]) -> None:
    """What alerts may be of; a SQLite table is made anew for it, and its old check is not taken along."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_alerts_alertkind"), "alerts", type_="check")
    with op.batch_alter_table("alerts", recreate="auto") as batch_op:
        allowed = ", ".join(f"'{kind}'" for kind in kinds)
        batch_op.create_check_constraint(op.f("ck_alerts_alertkind"), f"kind IN ({allowed})")


def upgrade() -> None:
    op.create_table(
        "saved_replies",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("scene", sa.Text(), nullable=False),
        sa.Column("wordings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("to_person", sa.Boolean(), nullable=False),
        sa.Column("keywords", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_saved_replies")),
    )
    op.create_table(
        "phrase_groups",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_phrase_groups")),
    )
    op.create_table(
        "phrase_places",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_phrase_places")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "自动回复",
                "快捷短语",
                "短语分组",
                "店铺规则",
                "员工",
                "审批",
                "查看个人资料",
                "导出",
                "接口令牌",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_kind_key"), ["kind", "key"], unique=False)
    keep_as_written(op.get_bind(), "changes")
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_api_tokens_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
    )
    op.create_table(
        "kept_answers",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("who", "key", name=op.f("pk_kept_answers")),
    )
    with op.batch_alter_table("kept_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_answers_at"), ["at"], unique=False)
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_tokens_staff_id"), ["staff_id"], unique=False)
    allow_alerts((*ALERTS, "议价审批"))
    with op.batch_alter_table("saved_phrases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("saved_phrases", schema=None) as batch_op:
        batch_op.alter_column("version", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM alerts WHERE kind = '议价审批'")
    allow_alerts(ALERTS)
    with op.batch_alter_table("saved_phrases", schema=None) as batch_op:
        batch_op.drop_column("version")
    drop_keeping(op.get_bind(), "changes")
    for table in ("kept_answers", "api_tokens", "changes", "phrase_places", "phrase_groups", "saved_replies"):
        op.drop_table(table)
