"""Checks that the configured items fit together: every name that an item uses exists and is of the right kind."""

from collections.abc import Iterator

from schemas.configuration.canned_variables import CANNED_VARIABLES, variable_names_in
from schemas.configuration.connectors import ConnectorSettings
from schemas.configuration.items import Agent, AttributeValue, Bot, CannedMessage, Channel, Queue, Step, Team, Webhook
from schemas.configuration.tables import Tables
from schemas.configuration.text_checks import same_languages, unknown_names, unknown_placeholders
from schemas.configuration.widget_checks import widget_faults
from schemas.criteria import parse_criterion
from schemas.customer_texts import PLACEHOLDERS, WEEKDAYS, CustomerTextName, fallbacks, placeholders_in
from schemas.exceptions import CriterionError
from schemas.field_errors import FieldError
from schemas.origins import is_origin

__all__ = ["faults"]

_OWN_HEADERS = {
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "transfer-encoding",
    "upgrade",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
}
"""The headers of a call that are not the administrator's to choose."""


def faults(tables: Tables) -> list[FieldError]:
    """Every fault with its path, such as ``queues.sales.mrd``."""
    return [
        *(fault for name, queue in tables.queues.items() for fault in _queue(tables, name, queue)),
        *(fault for name, bot in tables.bots.items() for fault in _bot(name, bot)),
        *(fault for name, channel in tables.channels.items() for fault in _channel(tables, name, channel)),
        *(fault for name, agent in tables.agents.items() for fault in _agent(tables, name, agent)),
        *(fault for name, team in tables.teams.items() for fault in _team(tables, name, team)),
        *(
            fault
            for name, message in tables.canned_messages.items()
            for fault in _canned_message(tables, name, message)
        ),
        *(fault for name, webhook in tables.webhooks.items() for fault in _webhook(tables, name, webhook)),
    ]


def _canned_message(tables: Tables, name: str, message: CannedMessage) -> Iterator[FieldError]:
    path = f"canned_messages.{name}"
    yield from _named(f"{path}.queue", message.queue, "queues", tables)
    yield from unknown_names(f"{path}.text", variable_names_in(message.text), CANNED_VARIABLES)


def _webhook(tables: Tables, name: str, webhook: Webhook) -> Iterator[FieldError]:
    for table in ("channels", "queues", "teams"):
        for wanted in getattr(webhook, table):
            yield from _named(f"webhooks.{name}.{table}", wanted, table, tables)


def _named(path: str, name: str | None, table: str, tables: Tables) -> Iterator[FieldError]:
    if name is not None and name not in getattr(tables, table):
        yield FieldError(path, f"names {name!r}, which is not in [{table}]; add [{table}.{name}]")


def _queue(tables: Tables, name: str, queue: Queue) -> Iterator[FieldError]:
    path = f"queues.{name}"
    yield from _named(f"{path}.mrd", queue.mrd, "mrds", tables)
    yield from _named(f"{path}.calendar", queue.calendar, "calendars", tables)
    for number, step in enumerate(queue.steps):
        yield from _criterion(f"{path}.steps[{number}].criterion", step, tables)
    if queue.overflow is not None:
        yield from _overflow(f"{path}.overflow.queue", tables, name, queue)


def _criterion(path: str, step: Step, tables: Tables) -> Iterator[FieldError]:
    if not step.criterion:
        return
    try:
        criterion = parse_criterion(step.criterion)
    except CriterionError as error:
        yield FieldError(path, f"cannot be understood: {error}")
        return
    types = {name: attribute.type for name, attribute in tables.attributes.items()}
    for misfit in criterion.misfits(types):
        yield FieldError(path, f"cannot be understood: {misfit}")


def _overflow(path: str, tables: Tables, name: str, queue: Queue) -> Iterator[FieldError]:
    assert queue.overflow is not None  # noqa: S101 - the caller has checked it
    target = queue.overflow.queue
    if target not in tables.queues:
        yield from _named(path, target, "queues", tables)
    elif target == name:
        yield FieldError(path, "names the queue itself; name another one")
    elif tables.queues[target].mrd != queue.mrd:
        mrd = tables.queues[target].mrd
        yield FieldError(path, f"names {target!r} of the mrd {mrd!r}; name a queue of the mrd {queue.mrd!r}")
    elif name in (way := _overflow_way(tables, name)):
        circle = " to ".join([name, *way[: way.index(name) + 1]])
        yield FieldError(path, f"goes in a circle, from {circle}; let one of them overflow elsewhere or nowhere")


def _overflow_way(tables: Tables, name: str) -> list[str]:
    """The queues through which a task overflows from here, up to the last one or the first one that repeats."""
    way: list[str] = []
    queue = tables.queues.get(name)
    while queue is not None and queue.overflow is not None and queue.overflow.queue not in way:
        way.append(queue.overflow.queue)
        queue = tables.queues.get(queue.overflow.queue)
    return way


def _bot(name: str, bot: Bot) -> Iterator[FieldError]:
    for header in bot.secret_headers:
        if header.lower() in _OWN_HEADERS:
            path = f"bots.{name}.secret_headers.{header}"
            yield FieldError(path, "is written by the server itself; send the secret in another header")


def _channel(tables: Tables, name: str, channel: Channel) -> Iterator[FieldError]:
    yield from _named(f"channels.{name}.queue", channel.queue, "queues", tables)
    for queue in channel.queues:
        yield from _named(f"channels.{name}.queues", queue, "queues", tables)
    yield from _named(f"channels.{name}.bot", channel.bot, "bots", tables)
    for number, origin in enumerate(channel.allowed_origins):
        if not is_origin(origin):
            path = f"channels.{name}.allowed_origins[{number}]"
            yield FieldError(path, f"{origin[:64]!r} is no origin; write one such as https://www.example.org")
    for text_name, by_language in channel.texts.items():
        path = f"channels.{name}.texts.{text_name}"
        yield from same_languages(path, by_language)
        for language, text in by_language.items():
            yield from _customer_text(f"{path}.{language}", text_name, language, text)
    if channel.connector is not None:
        yield from _connector(f"channels.{name}.connector", channel, channel.connector)
    if channel.widget is not None:
        yield from widget_faults(tables, f"channels.{name}.widget", channel, channel.widget)


def _connector(path: str, channel: Channel, connector: ConnectorSettings) -> Iterator[FieldError]:
    if channel.kind != "connector":
        yield FieldError(path, 'is for channels of kind connector; set kind = "connector"')
    for field, words in connector.faults():
        yield FieldError(f"{path}.{field}", words)


def _customer_text(path: str, name: CustomerTextName, language: str, text: str) -> Iterator[FieldError]:
    known = PLACEHOLDERS[name]
    yield from unknown_placeholders(path, text, known)
    if "weekday" in placeholders_in(text) and "weekday" in known and fallbacks(language)[-1] not in WEEKDAYS:
        languages = ", ".join(WEEKDAYS)
        yield FieldError(path, f"has {{weekday}}, whose names are known in {languages} alone; leave it out")


def _agent(tables: Tables, name: str, agent: Agent) -> Iterator[FieldError]:
    path = f"agents.{name}"
    yield from _named(f"{path}.team", agent.team, "teams", tables)
    for mrd in agent.mrds:
        yield from _named(f"{path}.mrds", mrd, "mrds", tables)
    for attribute, value in agent.attributes.items():
        yield from _attribute(f"{path}.attributes.{attribute}", tables, attribute, value)


def _attribute(path: str, tables: Tables, name: str, value: AttributeValue) -> Iterator[FieldError]:
    if name not in tables.attributes:
        yield from _named(path, name, "attributes", tables)
    elif tables.attributes[name].type == "boolean" and not isinstance(value, bool):
        yield FieldError(path, f"is {value!r}, but [attributes.{name}] is a boolean; write true or false")
    elif tables.attributes[name].type == "proficiency" and isinstance(value, bool):
        yield FieldError(path, f"is a boolean, but [attributes.{name}] is a proficiency; write 1 to 10")


def _team(tables: Tables, name: str, team: Team) -> Iterator[FieldError]:
    path = f"teams.{name}.supervisors"
    for supervisor in team.supervisors:
        agent = tables.agents.get(supervisor)
        if agent is None:
            yield from _named(path, supervisor, "agents", tables)
        elif agent.role == "agent":
            yield FieldError(path, f"names {supervisor!r}, who is a plain agent; set agents.{supervisor}.role first")
