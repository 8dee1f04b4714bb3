"""What buyers want, as staff read it: every intent with its family. The list itself is that of data/nlu."""

FAMILIES: dict[str, dict[str, str]] = {
    "general": {
        "greet": "打招呼",
        "goodbye": "道别",
        "thank": "致谢",
        "affirm": "同意",
        "deny": "不同意",
        "inform": "补充信息",
        "ask_bot": "问是不是机器人",
        "ask_human": "要人工",
        "chitchat": "闲聊",
        "out_of_scope": "超出服务范围",
        "urge_reply": "催回复",
    },
    "presale": {
        "ask_product": "咨询商品",
        "ask_stock": "问库存",
        "ask_size": "问尺码",
        "ask_recommendation": "求推荐",
        "ask_price": "问价格",
        "ask_promotion": "问优惠活动",
        "ask_ship_time": "问发货时间",
        "ask_courier": "问快递公司",
        "ask_shipping_fee": "问运费",
        "ask_delivery_area": "问配送范围",
        "ask_warranty": "问质保",
        "ask_how_to_order": "问怎么下单",
    },
    "bargain": {"bargain": "议价", "request_price_change": "要求改价"},
    "payment": {
        "ask_payment_method": "问付款方式",
        "report_payment_problem": "付款遇到问题",
        "report_paid": "告知已付款",
        "ask_invoice": "开发票",
        "cancel_order": "取消订单",
        "change_order": "修改订单",
        "change_address": "修改地址",
    },
    "tracking": {
        "urge_shipment": "催发货",
        "track_order": "查物流",
        "urge_delivery": "催派送",
        "report_not_received": "显示签收未收到",
        "arrange_delivery": "约派送",
        "extend_receipt": "延长收货",
    },
    "aftersale": {
        "request_return": "退货",
        "request_exchange": "换货",
        "request_refund": "退款",
        "ask_refund_status": "问退款进度",
        "ask_return_how": "问怎么退换",
        "report_damage": "运输破损",
        "report_quality": "质量问题",
        "report_wrong_missing": "发错少发",
        "ask_repair": "维修",
        "ask_usage": "使用方法",
        "request_price_protection": "价保",
        "complain": "投诉",
        "claim_compensation": "要求补偿",
    },
}

NAMES = {intent: name for names in FAMILIES.values() for intent, name in names.items()}
FAMILY_OF = {intent: family for family, names in FAMILIES.items() for intent in names}
COMPLAINTS = frozenset({"complain", "claim_compensation"})


def name_intent(intent: str) -> str:
    """For staff; an intent that is not in the list keeps its own name."""
    return NAMES.get(intent, intent)
