"""The side of the people"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


GROUPS = (
    {"code": "presale", "name": "售前组", "families": ["presale", "bargain", "payment"], "position": 1},
    {"code": "aftersale", "name": "售后组", "families": ["tracking", "aftersale"], "position": 2},
    {"code": "general", "name": "综合组", "families": [], "position": 3},
    {"code": "lead", "name": "主管组", "families": [], "position": 4},
)
"""Every shop begins with these."""


def upgrade() -> None:
    groups = op.create_table(
        "groups",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("families", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_groups")),
        sa.UniqueConstraint("name", name=op.f("uq_groups_name")),
    )
    op.bulk_insert(groups, [dict(row) for row in GROUPS])
    op.create_table(
        "saved_phrases",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "code", name=op.f("pk_saved_phrases")),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_tries")),
    )
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_tries_address_at"), ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_tries_staff_id_at"), ["staff_id", "at"], unique=False)

    op.create_table(
        "seats",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "在线", "挂起", "示忙", "离线", name="seatstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("max_buyers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_seats_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_seats")),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_sessions_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
    )
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_sessions_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "agent_drafts",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_agent_drafts_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_agent_drafts_staff_id_staff")),
        sa.PrimaryKeyConstraint("conversation_id", "staff_id", name=op.f("pk_agent_drafts")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "最后一个座位示忙",
                "离开未示忙",
                "离线时还有未交接的会话",
                "客服超时未回复",
                "无人接待",
                "排队过长",
                "不文明用语",
                "紧急会话",
                "任务到期",
                name="alertkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("to_staff", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen_by", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_alerts_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alerts_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "handovers",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "from_holder",
            sa.Enum("bot", "queue", "agent", name="from_holder", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "to_holder",
            sa.Enum("bot", "queue", "agent", name="to_holder", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("from_agent", sa.Text(), nullable=False),
        sa.Column("to_agent", sa.Text(), nullable=False),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("card", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_handovers_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "epoch", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_at"), ["at"], unique=False)

    op.create_table(
        "notes",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("备注", "求助", "悄悄话", name="notekind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_msg_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_notes_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "number", name=op.f("pk_notes")),
    )
    op.create_table(
        "phrase_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_phrase_uses_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase_uses")),
    )
    with op.batch_alter_table("phrase_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phrase_uses_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_phrase_uses_staff_id_code"), ["staff_id", "code"], unique=False)

    op.create_table(
        "services",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_reply_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "咨询", "售后", "投诉", "其他", name="servicekind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "已解决",
                "待跟进",
                "无法满足",
                "买家未回应",
                name="serviceresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("asked_rating", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_services_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_services")),
    )
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_services_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_services_started_at"), ["started_at"], unique=False)

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_code", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("last_agent_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("buyer_read_seq", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("agent_read_seq", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("intent", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("tags", sa.JSON(none_as_null=True), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("service_no", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("excused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("assisted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_conversations_last_buyer_at"), ["last_buyer_at"], unique=False)

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("author_id", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("groups", sa.JSON(none_as_null=True), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("password_hash", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("last_sign_in_at")
        batch_op.drop_column("password_hash")
        batch_op.drop_column("groups")

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("recalled_at")
        batch_op.drop_column("author_id")

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversations_last_buyer_at"))
        batch_op.drop_column("assisted")
        batch_op.drop_column("excused_at")
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("service_no")
        batch_op.drop_column("urgent")
        batch_op.drop_column("tags")
        batch_op.drop_column("mood")
        batch_op.drop_column("intent")
        batch_op.drop_column("agent_read_seq")
        batch_op.drop_column("buyer_read_seq")
        batch_op.drop_column("waiting_since")
        batch_op.drop_column("last_agent_id")
        batch_op.drop_column("group_code")

    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_services_started_at"))
        batch_op.drop_index(batch_op.f("ix_services_conversation_id"))

    op.drop_table("services")
    with op.batch_alter_table("phrase_uses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phrase_uses_staff_id_code"))
        batch_op.drop_index(batch_op.f("ix_phrase_uses_at"))

    op.drop_table("phrase_uses")
    op.drop_table("notes")
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_at"))

    op.drop_table("handovers")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alerts_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_alerts_at"))

    op.drop_table("alerts")
    op.drop_table("agent_drafts")
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_sessions_staff_id"))

    op.drop_table("staff_sessions")
    op.drop_table("seats")
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_tries_staff_id_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_tries_address_at"))

    op.drop_table("sign_in_tries")
    op.drop_table("saved_phrases")
    op.drop_table("groups")
