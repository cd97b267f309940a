"""Customers to whom agents and applications write first: the channels that reach them, and what is known of them."""

import msgspec

from gateways.conversations.channels import channel_named
from gateways.exceptions import invalid_field
from gateways.services import Services
from projections import ConversationView
from schemas.configuration import Channel
from schemas.configuration.identity_keys import checks_identities
from schemas.events import Customer

__all__ = ["known_customer", "list_reaching_channels", "reaching_channel"]

_REACHING = ("connector", "web")


def list_reaching_channels(services: Services) -> list[tuple[str, Channel]]:
    """The channels, by name, over which a message can find its customer. A web channel without signed identities knows
    none of its customers again."""
    return [
        (name, channel)
        for name, channel in services.configuration.channels.items()
        if channel.kind == "connector" or (channel.kind == "web" and checks_identities(channel))
    ]


def reaching_channel(services: Services, name: str) -> Channel:
    """A channel over which a message can find its customer: a connector carries it there, or the site's customer reads
    it when the chat opens next. Raises RefusedError for any other."""
    channel = channel_named(services.configuration, name)
    if channel.kind not in _REACHING:
        raise invalid_field("channel", f"the channel {name} is for {channel.kind}s; name one for conversations")
    return channel


def known_customer(customer: Customer, channel: Channel, before: ConversationView | None) -> Customer:
    """The customer with what is known from the last conversation. A connector reaches whoever has the id there. A site
    has no addresses: only a customer whom it has signed before finds what is written. Raises RefusedError."""
    if before is None and channel.kind == "web":
        detail = "has no earlier conversation on this channel with an identity that the site has signed"
        raise invalid_field("customer.id", detail)
    known = customer if before is None else _filled(customer, before)
    return msgspec.structs.replace(known, verified=True)


def _filled(customer: Customer, before: ConversationView) -> Customer:
    earlier = before.customer
    return msgspec.structs.replace(
        customer,
        name=customer.name or earlier.name,
        email=customer.email or earlier.email,
        phone=customer.phone or earlier.phone,
        attributes=customer.attributes or earlier.attributes,
    )
