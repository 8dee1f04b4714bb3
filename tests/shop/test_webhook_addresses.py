"""Where events may be sent: nowhere inside, however it is written."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.webhooks.addresses import AddressRefused, check_found, check_url, is_public

INSIDE = [
    "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0",  # noqa: S104
    "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fe80::1%25eth0]",
    "[fc00::1]", "[fec0::1]", "[ff02::1]",
    "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]",
    "localhost", "LOCALHOST", "localhost.", "desk.localhost", "printer.local", "db.internal", "erp.lan", "db",
]  # fmt: skip


@pytest.mark.parametrize("host", INSIDE)
def test_an_address_inside_is_refused(host: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(f"https://{host}/hook", ())


@pytest.mark.parametrize(
    "host", ["erp.example.com", "8.8.8.8", "[2606:4700::1111]", "例子.中国", "erp.example.com:8443"]
)
def test_an_address_outside_is_taken_over_https_alone(host: str) -> None:
    url = f"https://{host}/hook?shop=1"
    assert check_url(f" {url} ", ()) == url
    with pytest.raises(AddressRefused):
        check_url(f"http://{host}/hook", ())


@pytest.mark.parametrize(
    "url",
    [
        "", "https://", "https:///hook", "ftp://erp.example.com", "javascript:alert(1)", "file:///etc/passwd",
        "erp.example.com",
        "https://a:b@erp.example.com/", "https://user@erp.example.com/", "https://erp.example.com/#x", "https://[::1",
        "https://erp.example.com:99999/", "https://erp.example.com:x/", "https://erp.example.com/a b",
        "https://erp.example.com/\r\nX: y", "https://erp.example.com/" + "a" * 500,
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url, ())


def test_a_host_that_the_owner_vouches_for_may_be_inside_and_without_tls() -> None:
    assert check_url("http://erp.lan:8080/hook", {"erp.lan"})
    assert check_url("http://ERP.LAN:8080/hook", {"erp.lan"})
    for other in ("http://erp.lan.evil.com/hook", "http://xerp.lan/hook", "https://127.0.0.1/hook"):
        with pytest.raises(AddressRefused):
            check_url(other, {"erp.lan"})


def test_a_name_is_refused_where_any_of_its_addresses_is_inside() -> None:
    check_found("erp.example.com", ["8.8.8.8", "2606:4700::1111"], ())
    for found in (["8.8.8.8", "10.0.0.1"], ["::1"], ["fe80::1%eth0"], ["nonsense"]):
        with pytest.raises(AddressRefused):
            check_found("erp.example.com", found, ())
        check_found("erp.example.com", found, {"erp.example.com"})


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_address_held_in_another_one_is_judged_as_itself(ip: IPv4Address) -> None:
    for held in (f"::ffff:{ip}", f"64:ff9b::{ip}", f"2002:{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}::"):
        outer = ip_address(held)
        assert isinstance(outer, IPv6Address)
        assert is_public(ip) or not is_public(outer)
