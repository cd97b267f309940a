"""A channel's provider as the tests of the whole path drive it: a stand-in of it, over real HTTP in both directions."""

from typing import Any, Protocol

__all__ = ["CHANNEL", "Provider", "SentText"]

CHANNEL = "elsewhere"
"""The name of the channel under test."""

SentText = tuple[str, str]
"""A customer's id, and a text that the provider has taken for that customer."""


class Provider(Protocol):
    """``texts`` are those that the provider has taken, in its order, without typing and other signals. With
    ``recovers_lost_answers``, it comes out what became of a call whose answer was lost: the provider knows a piece
    again, or can be asked afterwards."""

    recovers_lost_answers: bool

    @property
    def connector(self) -> dict[str, Any]:
        """The settings of the channel's connector, which lead to the stand-in."""

    @property
    def secrets(self) -> dict[str, str]:
        """The secrets that the settings name."""

    @property
    def texts(self) -> list[SentText]: ...

    def customer(self, number: int) -> str:
        """The id of a customer, of the form that the provider has."""

    async def write(self, url: str, customer_id: str, message_id: str, text: str) -> int:
        """A customer writes: the provider calls the webhook at ``url``, properly signed. Returns the status."""

    async def forge(self, url: str, text: str) -> int:
        """Somebody who does not know the secret calls the webhook with a message. Returns the status."""

    async def garble(self, url: str) -> int:
        """The provider calls the webhook with a body that is no message, properly signed. Returns the status."""

    async def report(self, url: str, customer_id: str, number: int, status: str) -> int:
        """Reports a receipt for the ``number``-th text that was sent to the customer. Returns the status; raises
        NotImplementedError if the channel has no such receipts."""

    def lose_answers(self, every: int) -> None:
        """Of the calls of the server, every so-manieth is taken and gets no answer. 0 for none."""

    def be_down(self, *, down: bool) -> None:
        """Answers with errors that pass, or works again."""

    def block(self, customer_id: str) -> None:
        """The customer takes no more messages."""

    def revoke(self) -> None:
        """The server's credentials are not valid any more."""
