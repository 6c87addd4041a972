"""Who asks: only our own proxies are believed, and what is kept of an address names nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from digest.web import clients
from digest.web.clients import Throttle

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
PROXIES = clients.networks(["10.0.0.0/8", "fd00::/8"])


def request(peer: str | None, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return Request({"type": "http", "headers": headers, "client": peer and (peer, 50000)})


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.0.2.7", (), "192.0.2.7"),
        ("192.0.2.7", ("203.0.113.9",), "192.0.2.7"),
        ("10.0.0.1", ("203.0.113.9",), "203.0.113.9"),
        ("10.0.0.1", ("203.0.113.9, 192.0.2.7",), "192.0.2.7"),
        ("10.0.0.1", ("203.0.113.9", "192.0.2.7, 10.0.0.2"), "192.0.2.7"),
        ("10.0.0.1", ("192.0.2.7, nonsense",), "10.0.0.1"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("::ffff:10.0.0.1", ("2001:db8::7",), "2001:db8::7"),
        ("fd00::1", ("10.0.0.3, 10.0.0.2",), "10.0.0.3"),
        (None, ("192.0.2.7",), ""),
        ("testclient", ("192.0.2.7",), "testclient"),
    ],
)
def test_the_client_is_the_last_that_is_no_proxy_of_ours(
    peer: str | None, forwarded: tuple[str, ...], found: str
) -> None:
    assert clients.client(request(peer, *forwarded), PROXIES) == found


@given(st.text(), st.sampled_from(["10.0.0.1", "192.0.2.7"]))
def test_no_header_makes_it_fail(forwarded: str, peer: str) -> None:
    told = forwarded.encode("utf-8", "replace").decode("latin-1")
    asked = Request({"type": "http", "headers": [(b"x-forwarded-for", told.encode("latin-1"))], "client": (peer, 1)})
    assert clients.client(asked, PROXIES)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_what_is_kept_of_an_address_is_its_network(address: str, kept: str) -> None:
    assert clients.origin(address) == kept


def test_a_throttle_counts_a_small_network_or_a_household_over_an_hour() -> None:
    throttle = Throttle(2)
    found = [throttle.wait(address, NOW) for address in ("192.0.2.7", "::ffff:192.0.2.8", "192.0.2.9", "192.0.3.7")]
    assert found == [None, None, timedelta(hours=1), None]
    assert throttle.wait("2001:db8::1", NOW) is None
    assert throttle.wait("2001:db8::2", NOW + timedelta(minutes=10)) is None
    assert throttle.wait("2001:db8::3", NOW + timedelta(minutes=20)) == timedelta(minutes=40)
    assert throttle.wait("2001:db8:0:1::1", NOW + timedelta(minutes=20)) is None
    assert throttle.wait("2001:db8::3", NOW + timedelta(hours=1)) is None


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    throttle = Throttle(1)
    assert throttle.wait("192.0.2.7", NOW + timedelta(days=365)) is None
    assert throttle.wait("192.0.2.7", NOW) is None


def test_a_throttle_does_not_grow_without_end() -> None:
    throttle = Throttle(1)
    for n in range(clients.MOST_KEPT + 1):
        throttle.wait(str(n), NOW)
    assert throttle.wait("0", NOW) is None
    assert throttle.wait(str(clients.MOST_KEPT), NOW) is not None
