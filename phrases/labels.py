"""Words on buttons: what a buyer would say, as short as it goes."""

INTENT_LABELS: dict[str, str] = {
    "ask_human": "转人工客服",
    "ask_product": "了解商品详情",
    "ask_stock": "有没有货",
    "ask_size": "选什么尺码",
    "ask_recommendation": "帮我推荐",
    "ask_price": "多少钱",
    "ask_promotion": "有什么优惠",
    "ask_ship_time": "什么时候发货、多久到",
    "ask_courier": "发什么快递",
    "ask_shipping_fee": "运费怎么算",
    "ask_delivery_area": "我这里送不送",
    "ask_warranty": "质保和退换规则",
    "ask_how_to_order": "怎么下单",
    "bargain": "价格能不能优惠",
    "request_price_change": "帮我改价",
    "ask_payment_method": "怎么付款",
    "report_payment_problem": "付不了款",
    "report_paid": "我已付款",
    "ask_invoice": "开发票",
    "cancel_order": "取消订单",
    "change_order": "修改订单",
    "change_address": "修改收货信息",
    "urge_shipment": "催发货",
    "track_order": "查物流",
    "urge_delivery": "催快递",
    "report_not_received": "显示签收没收到",
    "arrange_delivery": "和快递约时间",
    "extend_receipt": "延长收货",
    "request_return": "退货",
    "request_exchange": "换货",
    "request_refund": "退款",
    "ask_refund_status": "退款到哪一步了",
    "ask_return_how": "怎么退换",
    "report_damage": "收到破损",
    "report_quality": "质量问题",
    "report_wrong_missing": "发错或少发",
    "ask_repair": "维修",
    "ask_usage": "怎么使用",
    "request_price_protection": "退差价",
    "complain": "我要投诉",
    "claim_compensation": "申请补偿",
}
"""Intents that a clarifying question may offer, in buyers' words."""

REASONS: tuple[str, ...] = ("不喜欢或不合适", "尺码不合适", "商品有质量问题", "发错或少发", "运输中破损", "其他原因")
CONFIRM, NOT_NOW, SKIP_PHOTO, OTHER_ORDER = "确认", "先不了", "暂时没有照片", "其他订单"
ACCEPT_OFFER, STILL_DEAR = "好的,就这个价", "再优惠一点"
HOT_QUESTIONS: tuple[str, ...] = (
    "现在有什么优惠",
    "什么时候发货",
    "运费怎么算",
    "我的快递到哪了",
    "怎么退换货",
    "帮我推荐一下",
)
"""What most buyers ask first; at most six fit above the message box."""
MEANWHILE = "先和小二继续聊"
"""Pressed by a buyer who waits for a person and would go on with the bot."""
