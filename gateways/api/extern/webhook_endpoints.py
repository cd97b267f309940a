"""The Extern API's endpoints of webhooks."""

from gateways.api.extern import webhooks
from gateways.api.path_parameters import WEBHOOK_ID
from gateways.http.endpoints import Endpoint, QueryParameter

__all__ = ["WEBHOOK_ENDPOINTS"]

_ALL = "/extern/v1/webhooks"
_ONE = f"{_ALL}/{{webhook_id}}"

WEBHOOK_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        method="GET",
        path=_ALL,
        handler=webhooks.webhooks,
        summary="List the webhooks",
        access="subscriber",
        query=(
            QueryParameter("after", "The id after which to go on."),
            QueryParameter("limit", "The most webhooks to answer.", "integer", minimum=1),
        ),
    ),
    Endpoint(
        method="POST",
        path=_ALL,
        handler=webhooks.make_webhook,
        summary="Make a webhook",
        access="subscriber",
        status=201,
        replays=True,
        errors=("id_conflict", "configuration_conflict"),
    ),
    Endpoint(
        method="GET",
        path=_ONE,
        path_parameters=(WEBHOOK_ID,),
        handler=webhooks.webhook,
        summary="Read a webhook",
        access="subscriber",
    ),
    Endpoint(
        method="PUT",
        path=_ONE,
        path_parameters=(WEBHOOK_ID,),
        handler=webhooks.change_webhook,
        summary="Change a webhook",
        access="subscriber",
    ),
    Endpoint(
        method="DELETE",
        path=_ONE,
        path_parameters=(WEBHOOK_ID,),
        handler=webhooks.remove_webhook,
        summary="Remove a webhook",
        access="subscriber",
        status=204,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/rotate-secret",
        path_parameters=(WEBHOOK_ID,),
        handler=webhooks.rotate_webhook_secret,
        audited="webhook_secret_rotated",
        summary="Rotate the secret of a webhook",
        access="subscriber",
        errors=("configuration_conflict",),
    ),
)
