"""Pictures: what is taken, what is refused, who sees them."""

from collections.abc import Callable
from io import BytesIO

import httpx
import pytest
from PIL import Image
from wire import Client, RunningDesk, Worker


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "我家门口"
    exif[0x0112] = 6
    return picture(exif=exif)


def get(desk: RunningDesk, path: str) -> httpx.Response:
    return httpx.get(desk.url + path, trust_env=False)


@pytest.fixture
def send_up(desk: RunningDesk) -> Callable[..., httpx.Response]:
    def post(client: Client, data: bytes, name: str = "a.jpg", **headers: str) -> httpx.Response:
        files, form = {"file": (name, data, "image/jpeg")}, {"guest": client.opened["guest"] or ""}
        return httpx.post(f"{desk.url}/pictures", files=files, data=form, headers=headers, trust_env=False)

    return post


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_is_sent_up_shown_and_asked_about(
    join, desk: RunningDesk, worker: Worker, send_up, kind: str
) -> None:
    client = await join()
    sent_up = send_up(client, picture(kind)).json()
    answer = await client.send(picture=sent_up["id"])
    assert (answer["message"]["kind"], answer["message"]["cards"]) == ("picture", [])
    await client.answers_to(answer["message"]["seq"])
    assert (worker.asked[-1]["text"], worker.asked[-1]["photos"]) == ("[图片]", [sent_up["id"]])
    shown = get(desk, answer["message"]["picture"])
    assert Image.open(BytesIO(shown.content)).format == "JPEG"


async def test_the_stored_picture_is_upright_small_and_without_its_place(join, desk: RunningDesk, send_up) -> None:
    client = await join()
    for data, size in ((with_place(), (48, 64)), (picture(size=(4000, 1000)), (2048, 512))):
        link = send_up(client, data).json()["url"]
        content = get(desk, link).content
        stored = Image.open(BytesIO(content))
        assert stored.size == size
        assert not stored.getexif()
        assert "我家门口".encode() not in content


def bomb() -> bytes:
    """A small file of 64 million pixels."""
    return picture("PNG", (8000, 8000))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"GIF89a" + bytes(40), "格式"),
        (b"<svg onload='alert(1)'/>", "格式"),
        (b"MZ" + bytes(200), "格式"),
        (b"", "格式"),
        (picture()[:200], "完整"),
        (picture("BMP"), "格式"),
        (bomb(), "尺寸"),
        (bytes(5 * 1024 * 1024 + 1), "5 MB"),
        (bytes(6 * 1024 * 1024), "5 MB"),
    ],
    ids=["gif", "svg", "program", "nothing", "half", "bmp", "bomb", "one byte over", "far over"],
)
async def test_what_is_no_proper_picture_is_refused(join, desk: RunningDesk, send_up, data: bytes, why: str) -> None:
    client = await join()
    answer = send_up(client, data, name="好看.jpg")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "picture_refused"
    assert why in answer.json()["error"]["text"]
    assert not list((desk.settings.var / "pictures").rglob("*.jpg"))


@pytest.mark.req("PC-01")
async def test_a_picture_belongs_to_its_conversation(join, desk: RunningDesk, send_up) -> None:
    owner, other = await join(), await join()
    sent_up = send_up(owner, picture()).json()
    assert (await other.send(picture=sent_up["id"]))["error"]["code"] == "field_wrong"
    for path in (
        f"/pictures/{sent_up['id']}",
        sent_up["url"][:-1] + "0",
        sent_up["url"].replace(owner.opened["conversation_id"], other.opened["conversation_id"]),
        "/pictures/..%2f..%2fshop.db?in=x&until=99999&sig=0",
    ):
        assert get(desk, path).status_code in (404, 422), path


async def test_a_link_ends(join, desk: RunningDesk, send_up, clock) -> None:
    link = send_up(await join(), picture()).json()["url"]
    clock.advance(days=2)
    assert get(desk, link).status_code == 404


async def test_no_picture_without_a_token_or_a_talk(join, desk: RunningDesk, send_up) -> None:
    client = await join(open=False)
    for guest, status in ((None, 401), ("x", 401), (desk.tokens.for_guest("nobody"), 404)):
        client.opened["guest"] = guest
        assert send_up(client, picture()).status_code == status


async def test_a_buyer_sends_up_with_the_token(join, desk: RunningDesk, send_up) -> None:
    token = desk.buyer_token()
    client = await join(token=token)
    assert send_up(client, picture(), authorization=f"Bearer {token}").status_code == 200


@pytest.mark.parametrize("picture_id", ["../../etc/passwd", "x" * 65, "a/b", ".."])
async def test_an_id_that_is_a_path_is_refused(join, picture_id: str) -> None:
    client = await join()
    assert (await client.send(picture=picture_id[:64]))["error"]["code"] == "field_wrong"
