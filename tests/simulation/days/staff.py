"""Agents in shifts: there, away for lunch, cut off, and gone in the evening."""

from datetime import timedelta

from schemas.commands import AdmitAgent, Connect, Disconnect, LogOut, ReportActivity, SetState
from schemas.events import AgentIdleWarned, AgentLoggedOut, AgentStateChanged
from schemas.records import CENTRE, agent_stream
from tests.simulation.days.centre import Centre

__all__ = ["Staff"]

_HOUR = 3_600.0
_SHIFTS = [(6, 14), (7, 15), (8, 16), (8, 16), (9, 17), (10, 18), (13, 21), (14, 22), (22, 6)]
"""The hours of each shift, from and to; agents share the shifts in turn."""

_AWAY = {2.0: 0.3, 8.0: 0.4, 25.0: 0.1, 600.0: 0.2}
"""The seconds for which a connection is lost: some agents return in time."""

_GRACE = 30.0
_IDLE = 1_200.0
_LAST_CHATS = 900.0


class Staff:
    """``on_duty`` are the agents whose shift it is, logged in or not."""

    def __init__(self, centre: Centre, agents: list[str]) -> None:
        self._centre = centre
        self._shifts = {agent_id: _SHIFTS[number % len(_SHIFTS)] for number, agent_id in enumerate(agents)}
        self.on_duty: dict[str, None] = {}
        centre.on(AgentLoggedOut, lambda agent_id, _: centre.soon(300.0, lambda: self._arrive(agent_id)))
        centre.on(AgentStateChanged, self._collect_oneself)
        centre.on(AgentIdleWarned, lambda agent_id, _: centre.soon(30.0, lambda: self._move(agent_id)))

    def open(self) -> None:
        """Lets every agent come at the beginning of the agent's shift, and at once if it has begun."""
        now = self._centre.now
        for agent_id, (begin, end) in self._shifts.items():
            if (now.hour - begin) % 24 < (end - begin) % 24:
                self._begin(agent_id)
            else:
                self._centre.plan(self._until(begin), lambda agent_id=agent_id: self._begin(agent_id))  # type: ignore[misc]

    def _until(self, hour: int) -> float:
        """The seconds until the given hour."""
        now = self._centre.now
        begins = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        return ((begins - now) % timedelta(days=1)).total_seconds() or 24 * _HOUR

    def _begin(self, agent_id: str) -> None:
        begin, end = self._shifts[agent_id]
        self.on_duty[agent_id] = None
        self._centre.soon(60.0, lambda: self._arrive(agent_id))
        self._centre.plan(self._until(end), lambda: self._finish(agent_id))
        self._centre.plan(3.5 * _HOUR, lambda: self._have_lunch(agent_id))
        self._centre.soon(4 * _HOUR, lambda: self._vanish(agent_id))
        self._centre.plan(self._until(begin), lambda: self._begin(agent_id))

    def _arrive(self, agent_id: str) -> None:
        if agent_id not in self.on_duty:
            return
        admit = AdmitAgent(
            at=self._centre.now,
            agent_id=agent_id,
            idle_logout_seconds=_IDLE,
            connection_grace_seconds=_GRACE,
        )
        self._centre.send(CENTRE, admit)
        self._connect(agent_id)
        self._centre.soon(20.0, lambda: self._go_ready(agent_id))

    def _connect(self, agent_id: str) -> None:
        self._centre.send(agent_stream(agent_id), Connect(at=self._centre.now))

    def _go_ready(self, agent_id: str) -> None:
        if agent_id in self.on_duty:
            self._centre.send(agent_stream(agent_id), SetState(at=self._centre.now, state="ready"))

    def _go_away(self, agent_id: str, reason: str) -> None:
        not_ready = SetState(at=self._centre.now, state="not_ready", reason=reason)
        self._centre.send(agent_stream(agent_id), not_ready)

    def _have_lunch(self, agent_id: str) -> None:
        self._go_away(agent_id, "lunch")
        self._centre.plan(0.5 * _HOUR, lambda: self._go_ready(agent_id))

    def _collect_oneself(self, agent_id: str, event: AgentStateChanged) -> None:
        if event.reason == "rona":
            self._centre.soon(60.0, lambda: self._go_ready(agent_id))

    def _move(self, agent_id: str) -> None:
        if self._centre.happens(0.5):
            self._centre.send(agent_stream(agent_id), ReportActivity(at=self._centre.now))

    def _vanish(self, agent_id: str) -> None:
        """Cuts the agent's connection without a logout."""
        if agent_id not in self.on_duty:
            return
        self._centre.send(agent_stream(agent_id), Disconnect(at=self._centre.now))
        self._centre.plan(self._centre.pick(_AWAY), lambda: self._connect(agent_id))
        self._centre.soon(4 * _HOUR, lambda: self._vanish(agent_id))

    def _finish(self, agent_id: str) -> None:
        self._go_away(agent_id, "end_of_shift")
        self._centre.soon(_LAST_CHATS, lambda: self._go_home(agent_id))

    def _go_home(self, agent_id: str) -> None:
        self.on_duty.pop(agent_id, None)
        tasks = self._centre.pick({"transfer": 0.9, "close": 0.1})
        log_out = LogOut(at=self._centre.now, tasks={"chat": "close"} if tasks == "close" else {})
        self._centre.send(agent_stream(agent_id), log_out)
