"""Where a message to another system may go: https, a public address, no name and password in it.

A front door's manager types the address, so it could name a machine inside the house. It is checked when it is typed,
and the numbers that its name stands for are checked each time before anything is sent.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST = 500


class AddressRefused(ValueError):
    """The address can't be used. `reason` is what a person reads."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `secure`: over TLS."""

    host: str
    port: int
    path: str
    secure: bool


def target_of(address: str, *, plain_allowed: bool = False) -> Target:
    """Return the parts of an address; raise AddressRefused for one that can't be used.

    `plain_allowed`: plain http and the machine itself, for a demonstration and tests.
    """
    if len(address) > LONGEST or any(character.isspace() or not character.isprintable() for character in address):
        raise AddressRefused("Enter an address without spaces")
    if not address.isascii():
        raise AddressRefused("Enter the address without accents or other special letters, as your supplier writes it")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise AddressRefused("Enter an address such as https://cases.council.example/referrals") from None
    if parts.scheme != "https" and not (plain_allowed and parts.scheme == "http"):
        raise AddressRefused("The address must begin with https://")
    if not parts.hostname or parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused("Enter an address such as https://cases.council.example/referrals")
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        pass
    else:
        check_numbers([str(literal)], own_machine_allowed=plain_allowed)
    secure = parts.scheme == "https"
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return Target(parts.hostname, port or (443 if secure else 80), path, secure)


def check_numbers(numbers: Iterable[str], *, own_machine_allowed: bool = False) -> None:
    """Raise AddressRefused unless every number that a name stands for is public; for none as well.

    One private number among several is enough: which of them is used is the network's choice.
    """
    found = [ipaddress.ip_address(number) for number in numbers]
    if not found:
        raise AddressRefused("The address leads nowhere")
    for number in found:
        one = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped else number
        if own_machine_allowed and one.is_loopback:
            continue
        if not one.is_global or one.is_multicast or _embeds_private(one):
            raise AddressRefused("The address leads into a private network")


def _embeds_private(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """An IPv6 number that carries an IPv4 one inside (6to4, Teredo, NAT64) can lead to any of those."""
    if not isinstance(number, ipaddress.IPv6Address):
        return False
    carried = [number.sixtofour, *(number.teredo or ())]
    if number in ipaddress.IPv6Network("64:ff9b::/96"):
        carried.append(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
    return any(one is not None and not one.is_global for one in carried)
