"""Pages and their JSON: what they give, to whom, with which headers."""

import httpx
import pytest
from wire import RunningDesk, Worker

from shop.demo import PERSONAS


def get(desk: RunningDesk, path: str, **headers: str) -> httpx.Response:
    return httpx.get(desk.url + path, headers=headers, trust_env=False)


@pytest.mark.parametrize(
    "path", ["/", "/chat", "/widget.js", "/static/window.js", "/api/products", "/health", "/nowhere"]
)
def test_every_answer_carries_the_security_headers(desk: RunningDesk, path: str) -> None:
    headers = get(desk, path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == ("*" if path == "/chat" else "'none'")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_pages_have_no_inline_script(desk: RunningDesk, path: str) -> None:
    page = get(desk, path)
    assert page.status_code == 200
    assert "云栖小铺" in page.text
    assert page.text.count("<script") == page.text.count("<script src=") + page.text.count('<script type="module" src=')
    assert " onclick=" not in page.text


def test_errors_are_json_with_chinese_words(desk: RunningDesk) -> None:
    for path, status in (("/nowhere", 404), ("/api/my/orders", 401), ("/pictures/abc", 422), ("/static/none.js", 404)):
        answer = get(desk, path)
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"code", "text"}
    assert httpx.put(f"{desk.url}/chat", trust_env=False).json()["error"]["code"] == "method_not_allowed"


@pytest.mark.req("PC-01", "PC-04")
def test_a_buyer_lists_the_own_orders_without_phone_and_address(desk: RunningDesk, order_of) -> None:
    order_of("B1")
    order_of("B2", nick="别人", order_no="XS261120000999")
    answer = get(desk, "/api/my/orders", authorization=f"Bearer {desk.buyer_token('B1')}")
    [order] = answer.json()
    assert order["order_no"] == "XS261120000123"
    assert not {"13800138000", "文三路", "李晴"} & set(answer.text)
    assert all(secret not in answer.text for secret in ("13800138000", "文三路", "李晴"))


def test_orders_are_not_for_guests_or_expired_tokens(desk: RunningDesk, clock) -> None:
    guest, late = desk.tokens.for_guest("g"), desk.buyer_token(minutes=1)
    clock.advance(minutes=2)
    assert get(desk, "/api/my/orders", authorization=f"Bearer {guest}").json()["error"]["code"] == "token_wrong"
    assert get(desk, "/api/my/orders", authorization=f"Bearer {late}").json()["error"]["code"] == "token_expired"


def test_health_tells_of_a_worker_that_is_down(desk: RunningDesk, worker: Worker) -> None:
    assert get(desk, "/health").json() == {"desk": "ok", "worker": "ok", "database": "ok"}
    worker.stop()
    answer = get(desk, "/health")
    assert (answer.status_code, answer.json()["worker"]) == (200, "down")


def test_the_demo_is_closed_unless_asked_for(desk: RunningDesk) -> None:
    assert get(desk, "/api/demo/buyers").status_code == 404
    assert httpx.post(f"{desk.url}/api/demo/token", json={"nick": "晴天"}, trust_env=False).status_code == 404


def test_the_demo_lets_a_visitor_be_a_demo_buyer(demo_desk: RunningDesk) -> None:
    buyers = get(demo_desk, "/api/demo/buyers").json()
    assert 0 < len(buyers) <= 30
    nick = buyers[0]["nick"]
    assert buyers[0]["hint"] == PERSONAS[nick]
    token = httpx.post(f"{demo_desk.url}/api/demo/token", json={"nick": nick}, trust_env=False).json()["token"]
    assert get(demo_desk, "/api/my/orders", authorization=f"Bearer {token}").json()
    nobody = httpx.post(f"{demo_desk.url}/api/demo/token", json={"nick": "没有这个人"}, trust_env=False)
    assert nobody.status_code == 404


def test_products_show_public_fields_only(demo_desk: RunningDesk) -> None:
    products = get(demo_desk, "/api/products").json()
    assert products
    assert set(products[0]) == {
        *("code", "title", "kind", "price", "price_fen", "picture"),
        *("best_seller", "main_product", "in_stock"),
    }
