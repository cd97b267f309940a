"""The customer of a new conversation, as far as it is proven who that is."""

import msgspec

from projections import ConversationView
from schemas.actors import vouches_for_customers
from schemas.events import Customer

__all__ = ["customer_after", "vouched_customer"]


def vouched_customer(customer: Customer, actor: str) -> Customer:
    """A connector or an application vouches for the id that it gives; everybody else only claims it."""
    verified = bool(customer.id) and vouches_for_customers(actor)
    return msgspec.structs.replace(customer, verified=verified)


def customer_after(customer: Customer, earlier: ConversationView | None) -> tuple[Customer, str | None]:
    """The customer who comes after the ``earlier`` conversation that is proven to be theirs, and the first of these
    conversations if the customer has no proven id."""
    if customer.verified or earlier is None:
        return customer, None
    if earlier.customer.verified:
        return msgspec.structs.replace(customer, id=earlier.customer.id, verified=True), None
    return customer, earlier.first_conversation
