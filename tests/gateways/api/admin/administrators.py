"""An administrator for tests of the Admin API."""

from typing import Any

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Answer, Body

__all__ = ["Administrator"]


class Administrator(Agent):
    @staticmethod
    async def come(centre: Centre) -> "Administrator":
        root = await Agent.log_in(centre, "root")
        return Administrator(
            centre,
            {"access_token": root.token, "refresh_token": root.refresh_token, "agent": {"agent_id": root.id}},
        )

    async def read(self, path: str) -> Any:
        return (await self.get(f"/admin/v1/{path}")).of(200)

    async def configure(self, path: str, body: Body) -> Answer:
        return await self.put(f"/admin/v1/{path}", body)

    async def lead_to(self, *queues: str) -> None:
        """Lets the customers of the channel web-direct name these queues."""
        (await self.configure("channels/web-direct", {"queue": "support", "queues": list(queues)})).of(200)

    async def remove(self, path: str) -> Answer:
        return await self.call("DELETE", f"/admin/v1/{path}")

    async def put_text(self, path: str, text: str | bytes, media: str) -> Answer:
        raw = text.encode() if isinstance(text, str) else text
        return await self.call("PUT", f"/admin/v1/{path}", raw, {"Content-Type": media})
