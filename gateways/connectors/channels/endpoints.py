"""The endpoints of channels with a connector: an administrator lets the provider be asked, and set up."""

from collections.abc import Sequence

from gateways.api.call import Call
from gateways.api.path_parameters import ITEM_NAME
from gateways.configuration.changing import find_item
from gateways.connectors.channels.connector import Finding
from gateways.connectors.channels.examining import check_line, set_up_line
from gateways.connectors.channels.lines import OpenLine, open_line
from gateways.http.answer import Answer
from gateways.http.endpoints import Endpoint, Feed
from gateways.http.problems import Problem
from schemas.api.admin import ChannelFinding, ChannelFindings

__all__ = ["ENDPOINTS"]


async def check_channel(call: Call) -> Answer[ChannelFindings]:
    """Asks the channel's provider whether all is set up, for 60 seconds at most, and changes nothing there. A provider
    that cannot be reached and a secret that is missing are no problems of the request, but findings: each says in words
    what is right, what may be wrong, and what is and has to be changed."""
    return _in_words(await check_line(await _line_of(call)))


async def set_up_channel(call: Call) -> Answer[ChannelFindings]:
    """Registers the channel at its provider, where the provider has an API for that, for 60 seconds at most. Where it
    has none, the findings say what to do by hand. It may be repeated."""
    return _in_words(await set_up_line(await _line_of(call)))


async def _line_of(call: Call) -> OpenLine:
    """Raises RefusedError for a channel that is not configured, and Problem for one without a connector."""
    name = call.parameter("name")
    find_item(call.services, "channels", name)
    opened = await open_line(call.services, name)
    if opened is None:
        raise Problem("no_connector", f"the channel {name!r} has no connector, so there is no provider to ask")
    return opened


def _in_words(found: Sequence[Finding]) -> Answer[ChannelFindings]:
    return Answer(ChannelFindings([ChannelFinding(each.status, each.words) for each in found]))


ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        method="POST",
        path="/admin/v1/channels/{name}/check",
        path_parameters=(ITEM_NAME,),
        handler=check_channel,
        audited="channel_checked",
        summary="Check a channel at its provider",
        access="administrator",
        errors=("not_found", "no_connector"),
    ),
    Endpoint(
        method="POST",
        path="/admin/v1/channels/{name}/setup",
        path_parameters=(ITEM_NAME,),
        handler=set_up_channel,
        audited="channel_set_up",
        summary="Set a channel up at its provider",
        access="administrator",
        errors=("not_found", "no_connector"),
    ),
)
