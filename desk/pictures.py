"""Pictures of talks and of quick phrases: checked by what they hold, made anew without their metadata. Those of a talk
are shown to it only; those of phrases to the staff, and to a buyer as a copy in the talk that got it.
"""

import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image, ImageOps, UnidentifiedImageError

from desk.tokens import Tokens
from shop.errors import NotFound, PictureRefused

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_SIDE = 2048
MAX_PIXELS = 50_000_000
"""A phone's largest usual picture; a small file can hold far more."""
LIBRARY = "library"
"""Where the pictures of phrases lie: no conversation is called so."""
LINK_DAYS = 2
MEGABYTE = 1024 * 1024
NAME = re.compile(r"[A-Za-z0-9_-]{16,64}")
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


@dataclass(frozen=True)
class Pictures:
    """Files lie under `root`/conversation/id.jpg, so that a conversation's pictures can be removed with it."""

    root: Path
    tokens: Tokens

    def save(self, conversation_id: str, data: bytes, megabytes: int) -> str:
        """The new picture's id. Raises PictureRefused with `reason` size, kind, pixels or broken."""
        if len(data) > megabytes * MEGABYTE:
            raise PictureRefused(reason="size", megabytes=megabytes)
        picture_id = secrets.token_urlsafe(16)
        path = self._path(conversation_id, picture_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_clean(data))
        return picture_id

    def holds(self, conversation_id: str, picture_id: str) -> bool:
        """Whether the picture was sent up for this conversation."""
        return bool(NAME.fullmatch(picture_id)) and self._path(conversation_id, picture_id).is_file()

    def has(self, picture_id: str) -> bool:
        """Whether the library of phrases has the picture."""
        return self.holds(LIBRARY, picture_id)

    def lend(self, conversation_id: str, picture_id: str) -> bool:
        """A picture of the library is from now on one of the conversation's, too. Whether there is such a one."""
        if not self.has(picture_id):
            return False
        path = self._path(conversation_id, picture_id)
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._path(LIBRARY, picture_id), path)
        return True

    def show(self, picture_id: str) -> dict[str, str] | None:
        """A picture of the library as the staff's pages get it."""
        return {"id": picture_id, "url": self.link(LIBRARY, picture_id)} if picture_id else None

    def link(self, conversation_id: str, picture_id: str) -> str:
        """An address for `<img src>`: it needs no header and ends after one to two days."""
        day = int(self.tokens.now().timestamp() // timedelta(days=1).total_seconds())
        until = str(day + LINK_DAYS)
        signature = self.tokens.sign("picture", f"{conversation_id}/{picture_id}/{until}")
        return f"/pictures/{picture_id}?" + urlencode({"in": conversation_id, "until": until, "sig": signature})

    def find(self, conversation_id: str, picture_id: str, until: str, signature: str) -> Path:
        """The file behind a link. Raises NotFound for a link that is forged or has ended."""
        signed = self.tokens.is_signed("picture", f"{conversation_id}/{picture_id}/{until}", signature)
        day = self.tokens.now().timestamp() // timedelta(days=1).total_seconds()
        if not signed or day >= int(until) or not self.holds(conversation_id, picture_id):
            raise NotFound(picture=picture_id)
        return self._path(conversation_id, picture_id)

    def _path(self, conversation_id: str, picture_id: str) -> Path:
        return self.root / conversation_id / f"{picture_id}.jpg"


def _clean(data: bytes) -> bytes:
    """The same picture as a JPEG of at most MAX_SIDE, upright, without EXIF."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureRefused(reason="pixels")
            return _encode(picture)
    except UnidentifiedImageError as error:
        raise PictureRefused(reason="kind") from error
    except UNREADABLE as error:
        raise PictureRefused(reason="broken") from error


def _encode(picture: Image.Image) -> bytes:
    picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    canvas = Image.new("RGB", upright.size, "white")
    layered = upright.convert("RGBA")
    canvas.paste(layered, mask=layered)
    out = BytesIO()
    canvas.save(out, "JPEG", quality=85)
    return out.getvalue()
