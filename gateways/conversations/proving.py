"""The customer of a new conversation, as far as it is proven who that is."""

import logging

import msgspec

from config import SettingsError
from gateways.exceptions import invalid_field
from gateways.identity.exceptions import InvalidIdentityError
from gateways.identity.signed_identities import SignedIdentity, check_identity
from gateways.services import Services
from projections import ConversationView
from schemas.actors import vouches_for_customers
from schemas.configuration import Channel
from schemas.configuration.identity_keys import checks_identities
from schemas.events import Customer
from schemas.identifiers import conversation_started_by

__all__ = ["conversation_of_start", "customer_after", "identified_customer", "vouched_customer"]

_logger = logging.getLogger(__name__)


def identified_customer(services: Services, channel: Channel, customer: Customer, identity: str | None) -> Customer:
    """The customer with what the site has signed in ``identity`` instead of what is claimed. Raises RefusedError, also
    when the channel requires an identity and there is none."""
    if identity is None:
        if channel.identity_required:
            raise invalid_field(
                "identity", "is missing; the channel takes only customers whose site signs who they are"
            )
        return customer
    if not checks_identities(channel):
        raise invalid_field("identity", "cannot be checked; add identity_keys or identity_secret to the channel")
    try:
        signed = check_identity(identity, channel, _secret(services, channel))
    except InvalidIdentityError as error:
        raise invalid_field("identity", str(error)) from None
    if customer.id not in (None, signed.subject):
        raise invalid_field("customer.id", "is not the sub of the identity; leave it out")
    return _filled(customer, signed)


def vouched_customer(customer: Customer, actor: str) -> Customer:
    """A connector or an application vouches for the id that it gives; everybody else only claims it, unless the site
    has signed it."""
    verified = customer.verified or (bool(customer.id) and vouches_for_customers(actor))
    return msgspec.structs.replace(customer, verified=verified)


def conversation_of_start(request_id: str | None, actor: str) -> str | None:
    """The id of the conversation that a request starts. A caller with an API key chooses it. From anybody else the id
    is what proves that a request is the repetition of an earlier one, so that it stays between the caller and the
    server: those who see the conversation cannot tell it from the conversation's id."""
    if request_id is None or vouches_for_customers(actor):
        return request_id
    return conversation_started_by(request_id)


def customer_after(customer: Customer, earlier: ConversationView | None) -> tuple[Customer, str | None]:
    """The customer who comes after the ``earlier`` conversation that is proven to be theirs, and the first of these
    conversations if the customer has no proven id."""
    if customer.verified or earlier is None:
        return customer, None
    if earlier.customer.verified:
        return msgspec.structs.replace(customer, id=earlier.customer.id, verified=True), None
    return customer, earlier.first_conversation


def _filled(customer: Customer, signed: SignedIdentity) -> Customer:
    return msgspec.structs.replace(
        customer,
        id=signed.subject,
        name=signed.name or customer.name,
        email=signed.email or customer.email,
        phone=signed.phone or customer.phone,
        verified=True,
    )


def _secret(services: Services, channel: Channel) -> str | None:
    """A secret that was there when the channel was configured may be missing after a restart."""
    if channel.identity_secret is None:
        return None
    try:
        return services.settings.secrets.named(channel.identity_secret)
    except SettingsError as error:
        _logger.warning("identities cannot be checked: %s", error)
        raise invalid_field("identity", "cannot be checked, because the server lacks the channel's secret") from None
