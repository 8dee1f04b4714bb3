"""Whatever a socket sends, it gets an answer and stays alive."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire import RunningDesk

EVENTS = ("open", "send", "fetch", "typing", "person", "session_request", "user_uttered", "no_such_event", "connect_x")
FIELDS = ("client_msg_id", "text", "picture", "button", "card", "after", "before", "limit", "since", "token", "guest")
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))
forms = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), values, max_size=6)


@given(event=st.sampled_from(EVENTS), data=values | forms)
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_an_event_of_any_form_gets_an_answer(join, shared: dict, event: str, data: object) -> None:
    client = shared.get("client") or shared.setdefault("client", await join())
    answer = await client.ask(event, data)
    assert isinstance(answer["ok"], bool)
    if not answer["ok"]:
        assert answer["error"]["code"] != "internal", (event, data)
        assert answer["error"]["text"]


@pytest.fixture
def shared() -> dict:
    return {}


@pytest.mark.parametrize(
    "form",
    [
        {"client_msg_id": "1"},
        {"client_msg_id": "1", "text": "a", "picture": "b"},
        {"client_msg_id": "", "text": "a"},
        {"client_msg_id": "x" * 65, "text": "a"},
        {"client_msg_id": 1, "text": "a"},
        {"client_msg_id": "1", "text": ["a"]},
        {"client_msg_id": "1", "text": "\x00"},
        {"client_msg_id": "\x00", "text": "a"},
        {"client_msg_id": "1", "text": "\ud800"},
        {"client_msg_id": "1", "button": {"seq": "1", "index": 0}},
        {"client_msg_id": "1", "button": {"seq": 2**70, "index": 0}},
        {"client_msg_id": "1", "button": {"seq": 1, "index": -1}},
        {"client_msg_id": "1", "card": {"kind": "parcel", "id": "1"}},
        "text",
        [],
        None,
    ],
)
async def test_a_message_that_is_none_is_refused(join, form: object) -> None:
    client = await join()
    assert (await client.ask("send", form))["error"]["code"] == "field_wrong"
    assert (await client.send("我还在"))["ok"]


async def test_a_connect_of_odd_form_is_refused(desk: RunningDesk) -> None:
    import socketio

    for auth in ("token", ["x"], {"token": 5}, {"guest": {}}, {"product": "x" * 100}):
        sio = socketio.AsyncClient(reconnection=False)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await sio.connect(desk.url, auth=auth, transports=["websocket"], retry=False)
