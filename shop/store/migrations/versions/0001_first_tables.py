"""All tables of the first version"""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "buyers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nick", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyers")),
        sa.UniqueConstraint("nick", name=op.f("uq_buyers_nick")),
    )
    op.create_table(
        "dialogue_states",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_dialogue_states")),
    )
    op.create_table(
        "freight_templates",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("couriers", sa.JSON(), nullable=False),
        sa.Column("cut_off", sa.Time(), nullable=False),
        sa.Column("dispatch_hours", sa.Integer(), nullable=False),
        sa.Column("ships_from", sa.String(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_freight_templates")),
    )
    op.create_table(
        "number_series",
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "day", name=op.f("pk_number_series")),
    )
    op.create_table(
        "policies",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_policies")),
    )
    op.create_table(
        "products",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("best_seller", sa.Boolean(), nullable=False),
        sa.Column("main_product", sa.Boolean(), nullable=False),
        sa.Column("size_chart", sa.JSON(), nullable=False),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("warranty_note", sa.Text(), nullable=False),
        sa.Column("return_exception", sa.Text(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_products")),
    )
    op.create_index(op.f("ix_products_kind"), "products", ["kind"], unique=False)
    op.create_index(op.f("ix_products_on_sale"), "products", ["on_sale"], unique=False)
    op.create_table(
        "promotions",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "满减", "优惠券", "满赠", name="promotionkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("tiers", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("product_codes", sa.JSON(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_promotions")),
    )
    op.create_index(op.f("ix_promotions_ends_at"), "promotions", ["ends_at"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "经理",
                "主管",
                "组长",
                "售前客服",
                "售后客服",
                "综合客服",
                "质检",
                "仓库",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.String()),
        sa.Column("nick", sa.String(), nullable=False),
        sa.Column(
            "holder",
            sa.Enum("bot", "queue", "agent", name="holder", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("product_code", sa.String()),
        sa.Column("order_no", sa.String()),
        sa.Column("verified_orders", sa.JSON(), nullable=False),
        sa.Column("verify_tries", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("queue_reason", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True)),
        sa.Column("last_buyer_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agent_id"], ["staff.id"], name=op.f("fk_conversations_agent_id_staff")),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_conversations_buyer_id_buyers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("buyer_id", name=op.f("uq_conversations_buyer_id")),
    )
    op.create_index(op.f("ix_conversations_agent_id"), "conversations", ["agent_id"], unique=False)
    op.create_index(op.f("ix_conversations_holder_queued_at"), "conversations", ["holder", "queued_at"], unique=False)
    op.create_table(
        "orders",
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.String(), nullable=False),
        sa.Column("tail", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "待付款",
                "待发货",
                "部分发货",
                "已发货",
                "已签收",
                "交易成功",
                "已关闭",
                name="orderstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receiver", sa.JSON(), nullable=False),
        sa.Column("goods_fen", sa.Integer(), nullable=False),
        sa.Column("discount_fen", sa.Integer(), nullable=False),
        sa.Column("freight_fen", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column(
            "delivery",
            sa.Enum("送货", "自提", name="deliverymethod", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("paid_at", sa.DateTime(timezone=True)),
        sa.Column("dispatched_at", sa.DateTime(timezone=True)),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("confirm_by", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("memo_flag", sa.String(), nullable=False),
        sa.Column("slip_no", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_orders_buyer_id_buyers")),
        sa.PrimaryKeyConstraint("order_no", name=op.f("pk_orders")),
    )
    op.create_index(op.f("ix_orders_buyer_id_created_at"), "orders", ["buyer_id", "created_at"], unique=False)
    op.create_index(op.f("ix_orders_status_created_at"), "orders", ["status", "created_at"], unique=False)
    op.create_index(op.f("ix_orders_tail"), "orders", ["tail"], unique=False)
    op.create_table(
        "variants",
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("restock_on", sa.Date()),
        sa.ForeignKeyConstraint(["product_code"], ["products.code"], name=op.f("fk_variants_product_code_products")),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_variants")),
    )
    op.create_index(op.f("ix_variants_product_code"), "variants", ["product_code"], unique=False)
    op.create_table(
        "aftersales",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "查件",
                "延长收货",
                "货物破损",
                "补货",
                "换货",
                "退货",
                "申请退款",
                "客户维权",
                "维修",
                name="aftersalekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer()),
        sa.Column(
            "state",
            sa.Enum(
                "处理中",
                "已完成",
                "已撤销",
                "已关闭",
                name="aftersalestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("conversation_id", sa.String()),
        sa.Column("turn_id", sa.String()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_aftersales_buyer_id_buyers")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_aftersales_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_aftersales_order_no_orders")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_aftersales")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_aftersales_turn_id")),
    )
    op.create_index(op.f("ix_aftersales_buyer_id"), "aftersales", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_aftersales_conversation_id"), "aftersales", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_aftersales_order_no"), "aftersales", ["order_no"], unique=False)
    op.create_index(op.f("ix_aftersales_state"), "aftersales", ["state"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.String()),
        sa.Column("product_code", sa.String()),
        sa.Column("order_no", sa.String()),
        sa.Column("list_fen", sa.Integer(), nullable=False),
        sa.Column("asked_fen", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "待审批",
                "已同意",
                "已拒绝",
                "已改价",
                name="approvalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_fen", sa.Integer()),
        sa.Column("decided_by", sa.String()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("turn_id", sa.String()),
        sa.Column("sku", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_approvals_buyer_id_buyers")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_approvals_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_approvals_order_no_orders")),
        sa.ForeignKeyConstraint(["product_code"], ["products.code"], name=op.f("fk_approvals_product_code_products")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_approvals")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_approvals_turn_id")),
    )
    op.create_index(op.f("ix_approvals_buyer_id"), "approvals", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_approvals_conversation_id"), "approvals", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_approvals_order_no"), "approvals", ["order_no"], unique=False)
    op.create_index(op.f("ix_approvals_product_code"), "approvals", ["product_code"], unique=False)
    op.create_index(op.f("ix_approvals_state"), "approvals", ["state"], unique=False)
    op.create_table(
        "complaints",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.String()),
        sa.Column("order_no", sa.String()),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("turn_id", sa.String()),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_complaints_buyer_id_buyers")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_complaints_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_complaints_order_no_orders")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_complaints")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_complaints_turn_id")),
    )
    op.create_index(op.f("ix_complaints_buyer_id"), "complaints", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_complaints_conversation_id"), "complaints", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_complaints_order_no"), "complaints", ["order_no"], unique=False)
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "buyer",
                "bot",
                "agent",
                "system",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_msg_id", sa.String()),
        sa.Column("phrase_key", sa.String()),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("cards", sa.JSON(), nullable=False),
        sa.Column("turn_id", sa.String()),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_messages_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_messages")),
        sa.UniqueConstraint("conversation_id", "client_msg_id", name=op.f("uq_messages_conversation_id_client_msg_id")),
    )
    op.create_index(op.f("ix_messages_created_at"), "messages", ["created_at"], unique=False)
    op.create_table(
        "offers",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.String()),
        sa.Column("product_code", sa.String()),
        sa.Column("order_no", sa.String()),
        sa.Column("list_fen", sa.Integer(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "有效", "已使用", "已过期", name="offerstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("turn_id", sa.String()),
        sa.Column("sku", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_offers_buyer_id_buyers")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_offers_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_offers_order_no_orders")),
        sa.ForeignKeyConstraint(["product_code"], ["products.code"], name=op.f("fk_offers_product_code_products")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_offers")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_offers_turn_id")),
    )
    op.create_index(op.f("ix_offers_buyer_id"), "offers", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_offers_conversation_id"), "offers", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_offers_order_no"), "offers", ["order_no"], unique=False)
    op.create_index(op.f("ix_offers_product_code"), "offers", ["product_code"], unique=False)
    op.create_table(
        "order_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column("sent_quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_order_lines_order_no_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
    )
    op.create_index(op.f("ix_order_lines_order_no"), "order_lines", ["order_no"], unique=False)
    op.create_index(op.f("ix_order_lines_product_code"), "order_lines", ["product_code"], unique=False)
    op.create_table(
        "parcels",
        sa.Column("waybill", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("courier", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column(
            "problem",
            sa.Enum(
                "显示签收未收到",
                "疑似丢失",
                "地址不详",
                "拒收",
                "联系不上",
                "破损",
                "超区",
                name="problem",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
        ),
        sa.Column("eta_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_parcels_order_no_orders")),
        sa.PrimaryKeyConstraint("waybill", name=op.f("pk_parcels")),
    )
    op.create_index(op.f("ix_parcels_order_no"), "parcels", ["order_no"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "回复买家",
                "核实商品信息",
                "催发货",
                "查件",
                "改订单",
                "开票",
                "改价",
                "其他",
                name="taskkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", sa.String()),
        sa.Column("order_no", sa.String()),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("turn_id", sa.String()),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_tasks_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_tasks_order_no_orders")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tasks")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_tasks_turn_id")),
    )
    op.create_index(op.f("ix_tasks_conversation_id"), "tasks", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_tasks_done_at_due_at"), "tasks", ["done_at", "due_at"], unique=False)
    op.create_index(op.f("ix_tasks_order_no"), "tasks", ["order_no"], unique=False)
    op.create_table(
        "turns",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "done",
                "dropped",
                "failed",
                name="turnstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_turns_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
    )
    op.create_index(op.f("ix_turns_conversation_id"), "turns", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_turns_state_created_at"), "turns", ["state", "created_at"], unique=False)
    op.create_table(
        "aftersale_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "前期沟通",
                "接收商品",
                "确认问题",
                "解决问题",
                name="aftersalestep",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["aftersales.number"], name=op.f("fk_aftersale_steps_number_aftersales")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aftersale_steps")),
    )
    op.create_index(op.f("ix_aftersale_steps_number"), "aftersale_steps", ["number"], unique=False)
    op.create_table(
        "bargain_rounds",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "店铺立场",
                "价值说明",
                "给出优惠",
                "优惠有效",
                "请示领导",
                "还价",
                "转人工",
                name="bargainmove",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("list_fen", sa.Integer(), nullable=False),
        sa.Column("product_code", sa.String()),
        sa.Column("order_no", sa.String()),
        sa.Column("asked_fen", sa.Integer()),
        sa.Column("offer_number", sa.String()),
        sa.Column("approval_number", sa.String()),
        sa.Column("turn_id", sa.String()),
        sa.ForeignKeyConstraint(
            ["approval_number"], ["approvals.number"], name=op.f("fk_bargain_rounds_approval_number_approvals")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_bargain_rounds_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["offer_number"], ["offers.number"], name=op.f("fk_bargain_rounds_offer_number_offers")
        ),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"], name=op.f("fk_bargain_rounds_order_no_orders")),
        sa.ForeignKeyConstraint(
            ["product_code"], ["products.code"], name=op.f("fk_bargain_rounds_product_code_products")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "number", name=op.f("pk_bargain_rounds")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_bargain_rounds_turn_id")),
    )
    op.create_index(op.f("ix_bargain_rounds_order_no"), "bargain_rounds", ["order_no"], unique=False)
    op.create_index(op.f("ix_bargain_rounds_product_code"), "bargain_rounds", ["product_code"], unique=False)
    op.create_table(
        "scan_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("waybill", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "揽收",
                "发出",
                "到达",
                "派送",
                "待取件",
                "签收",
                "异常",
                "退回中",
                "已退回",
                name="scankind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("operator", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["waybill"], ["parcels.waybill"], name=op.f("fk_scan_events_waybill_parcels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_events")),
    )
    op.create_index(op.f("ix_scan_events_waybill"), "scan_events", ["waybill"], unique=False)


def downgrade() -> None:
    op.drop_table("scan_events")
    op.drop_table("bargain_rounds")
    op.drop_table("aftersale_steps")
    op.drop_table("turns")
    op.drop_table("tasks")
    op.drop_table("parcels")
    op.drop_table("order_lines")
    op.drop_table("offers")
    op.drop_table("messages")
    op.drop_table("complaints")
    op.drop_table("approvals")
    op.drop_table("aftersales")
    op.drop_table("variants")
    op.drop_table("orders")
    op.drop_table("conversations")
    op.drop_table("staff")
    op.drop_table("promotions")
    op.drop_table("products")
    op.drop_table("policies")
    op.drop_table("number_series")
    op.drop_table("freight_templates")
    op.drop_table("dialogue_states")
    op.drop_table("buyers")
