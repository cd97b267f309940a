"""Whether the connector takes the server's calls, and can make its own."""

from collections.abc import Iterator

from config import SettingsError
from gateways.connectors.channels.connector import Finding, Line
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.rest.messages import Check
from gateways.connectors.channels.rest.outbound import call_connector, outcome_of
from schemas.configuration.connectors import RestSettings
from schemas.identifiers import new_id

__all__ = ["check_connector", "setting_up"]


async def check_connector(line: Line[RestSettings]) -> list[Finding]:
    return [await _calling(line), *_called(line), *_changing(line)]


def setting_up(line: Line[RestSettings]) -> list[Finding]:
    """What to do at the connector, which has no interface for that."""
    if line.public_url is None:
        return list(_called(line))
    secret = line.settings.signing_secret
    words = f"let the connector post to {line.public_url}, and sign with the secret that is here secrets.{secret}"
    return [Finding("ok", words)]


async def _calling(line: Line[RestSettings]) -> Finding:
    """A call that asks for nothing."""
    try:
        outcome = outcome_of(await call_connector(line, f"check-{new_id()}", Check()))
    except (ChannelError, SettingsError) as error:
        return Finding("fault", str(error))
    if outcome.kind == "delivered":
        return Finding("ok", "the connector takes signed calls")
    return Finding("fault", f"the connector does not take a call: {outcome.code}: {outcome.detail}")


def _called(line: Line[RestSettings]) -> Iterator[Finding]:
    if line.public_url is None:
        yield Finding("warning", "the server's public address is not set, so that files of agents cannot be sent")


def _changing(line: Line[RestSettings]) -> Iterator[Finding]:
    if line.settings.former_signing_secret is not None:
        yield Finding("warning", "former_signing_secret is still valid: remove it once the connector has the new one")
