"""A morning at the contact centre: the events that the browser's tests find in the journal."""

from dataclasses import dataclass

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

__all__ = ["Morning", "play_morning"]


@dataclass
class Morning:
    """``anna`` is served and gone; ``carla`` talks to alice, whom sue listens to; ``dora`` and ``emil`` wait."""

    anna: Customer
    ben: Customer
    carla: Customer
    dora: Customer
    emil: Customer


async def play_morning(centre: Centre) -> Morning:
    alice = await Agent.ready(centre, "alice")
    bob = await Agent.on_shift(centre, "bob")
    anna = await _served(centre, alice)
    await bob.go("ready")
    ben = await _handed_over(centre, alice, bob)
    await bob.go("not_ready", reason="lunch")
    carla = await _listened_to(centre, alice)
    await alice.go("not_ready", reason="break")
    dora = await Customer.start(centre, queue="sales", customer={"name": "Dora Dell"}, text="Do you ship to Graz?")
    emil = await Customer.start(centre, customer={"name": "Emil Ernst"}, text="I cannot log in")
    return Morning(anna, ben, carla, dora, emil)


async def _served(centre: Centre, alice: Agent) -> Customer:
    """A customer who is served by the bot, then by Alice, to the end."""
    customer = {"name": "Anna Arendt", "email": "anna@example.org", "phone": "+43 1 234567"}
    anna = await Customer.start(centre, "web", customer=customer, text="Hello", attributes={"order": "A-1007"})
    await centre.recorded("MessagePosted", 2)
    await anna.write("I want to talk to a person about my order")
    await centre.recorded("TaskReserved")
    await alice.accept_only_offer()
    await alice.write(anna, "Good morning, Anna. Alice here. Which order is it?")
    await anna.write("A-1007. It should have come <b>yesterday</b>.")
    await alice.note(anna, "The parcel is at the depot.")
    await alice.write(anna, "It will be with you this afternoon.")
    (await alice.end(anna)).of(200)
    (await alice.post(alice.path(anna, "wrap-up"), {"codes": ["order_status"], "note": "informed her"})).of(200)
    (await anna.post(f"{anna.path}/rating", {"score": 5, "comment": "quick"})).of(200)
    return anna


async def _handed_over(centre: Centre, alice: Agent, bob: Agent) -> Customer:
    """A conversation that one agent declines and the other accepts, who transfers it to the first."""
    ben = await Customer.start(centre, customer={"name": "Ben Bauer"}, text="My invoice is wrong")
    first, second = (alice, bob) if await alice.offers() else (bob, alice)
    (offer,) = await first.offers()
    (await first.decline(offer["task_id"], reason="too busy")).of(200)
    await second.accept_only_offer()
    await second.write(ben, "Let me look at it.")
    to = {"agent": first.id}
    (await second.post(second.path(ben, "transfer"), {"to": to, "note": "knows invoices"})).of(200)
    await first.accept_only_offer()
    await first.write(ben, "A new invoice is on its way.")
    (await first.end(ben)).of(200)
    (await first.post(first.path(ben, "wrap-up"), {"codes": ["complaint"]})).of(200)
    return ben


async def _listened_to(centre: Centre, alice: Agent) -> Customer:
    carla = await Customer.start(centre, customer={"name": "Carla Conte"}, text="Can I change my address?")
    await alice.accept_only_offer()
    await alice.write(carla, "Of course. What is the new one?")
    sue = await Agent.on_shift(centre, "sue")
    (await sue.post(sue.path(carla, "monitor"))).of(200)
    (await sue.post(sue.path(carla, "whisper"), {"text": "Ask for the postcode too."})).of(201)
    return carla
