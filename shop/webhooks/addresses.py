"""Where events may be sent: nowhere inside, unless the owner says so. What stands here keeps a manager's page from
becoming a way into the shop's own network.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from shop.errors import BadInput

URL_LENGTH = 500
_NAT64 = IPv6Network("64:ff9b::/96")
_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


class AddressRefused(BadInput):
    """`why` in words for the person who wrote it."""


def check_url(url: str, allowed: Collection[str]) -> str:
    """The address as it is kept. `allowed`: hosts that the owner vouches for. Raises AddressRefused(why)."""
    url = url.strip()
    parts = _split(url)
    host = host_of(parts)
    if len(url) > URL_LENGTH or any(sign.isspace() or not sign.isprintable() for sign in url):
        raise AddressRefused(why="网址里有空格，或者太长了")
    if parts.scheme not in ("https", "http") or not host:
        raise AddressRefused(why="网址要以 https:// 开头")
    if parts.scheme == "http" and host not in allowed:
        raise AddressRefused(why="为了买家资料的安全，请使用 https 开头的网址")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused(why="网址里不要带用户名、密码或 # 后面的内容")
    check_host(host, allowed)
    return url


def check_host(host: str, allowed: Collection[str]) -> None:
    """By its name alone. Raises AddressRefused(why)."""
    if host in allowed:
        return
    name = host.rstrip(".")
    ip = _as_ip(name)
    inside = not is_public(ip) if ip else name == "localhost" or name.endswith(_INSIDE) or "." not in name
    if inside:
        raise AddressRefused(why="这个网址在内部网络里，不能推送到那里")


def check_found(host: str, addresses: Collection[str], allowed: Collection[str]) -> None:
    """By what the name leads to, looked up just now. Raises AddressRefused(why)."""
    if host not in allowed and not all(ip and is_public(ip) for ip in map(_as_ip, addresses)):
        raise AddressRefused(why="这个网址指向内部网络，不能推送到那里")


def host_of(parts: SplitResult) -> str:
    """As it is compared; empty where there is none."""
    try:
        parts.port  # noqa: B018  # raises where it is none
        return (parts.hostname or "").lower()
    except ValueError:
        return ""


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether it can be only a computer on the open internet; an address that holds another one is judged by both."""
    if isinstance(ip, IPv6Address):
        held = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            held.append(IPv4Address(int(ip) & 0xFFFF_FFFF))
        if any(each is not None and not is_public(each) for each in held):
            return False
        if ip.ipv4_mapped is not None:
            return True
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _as_ip(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise AddressRefused(why="这个网址写得不对") from error
