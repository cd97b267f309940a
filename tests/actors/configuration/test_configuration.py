"""The configuration's decisions: which items fit together, which are in use, and which entities are informed."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from actors.configuration import CONFIGURATION, agent_settings
from actors.configuration import changes as deciding
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import (
    AdmitAgent,
    ConfigureAgent,
    ConfigureItem,
    ConfigureQueue,
    ImportTables,
    LogIn,
    LogOut,
    RemoveItem,
)
from schemas.configuration import (
    Agent,
    ApiKey,
    Attribute,
    Bot,
    Calendar,
    CannedMessage,
    Channel,
    Item,
    Mrd,
    Overflow,
    Queue,
    Step,
    TableName,
    Tables,
    Team,
    Webhook,
    items_of,
    table_of,
)
from schemas.events import Event, ItemConfigured, ItemRemoved
from schemas.records import agent_stream
from schemas.replies import ConfigurationReply, Done, Refusal, RefusalCode
from tests.actors.scenario import Given, Then, scenario
from tests.examples import NOW

given = scenario(CONFIGURATION, "centre")

INVALID, CONFLICT = RefusalCode.INVALID_INPUT, RefusalCode.CONFIGURATION_CONFLICT
MEANWHILE = RefusalCode.CHANGED_MEANWHILE
CENTRE: dict[str, dict[str, Item]] = {
    "attributes": {"english": Attribute(type="proficiency"), "vip": Attribute(type="boolean")},
    "mrds": {"chat": Mrd(max_tasks=3), "voice": Mrd(interruptible=False)},
    "calendars": {"office": Calendar(zone="Europe/Vienna")},
    "queues": {
        "support": Queue(mrd="chat", calendar="office", steps=[Step(criterion="english >= 5")]),
        "sales": Queue(mrd="chat", overflow=Overflow(queue="support", after_seconds=60)),
        "calls": Queue(mrd="voice"),
    },
    "bots": {"greeter": Bot(url="http://127.0.0.1:5005")},
    "channels": {"web": Channel(queue="support", bot="greeter")},
    "canned_messages": {"hello": CannedMessage(text="Hello", queue="sales")},
    "agents": {
        "alice": Agent(name="Alice", team="service", attributes={"english": 9}),
        "bob": Agent(name="Bob", mrds=["voice"]),
        "sue": Agent(name="Sue", role="supervisor"),
        "root": Agent(name="Root", role="administrator"),
    },
    "teams": {"service": Team(supervisors=["sue"])},
}


def tables(items: Mapping[str, Mapping[str, Item]] = CENTRE) -> Tables:
    return Tables(**{table: dict(named) for table, named in items.items()})  # type: ignore[arg-type] # as the names say


def configured(name: str, item: Item) -> ItemConfigured:
    return ItemConfigured(item=tables({table_of(item): {name: item}}))


def a_centre() -> Given:
    return given(*(configured(name, item) for _, name, item in items_of(tables())))


def configure(name: str, item: Item, **options: Any) -> ConfigureItem:
    return ConfigureItem(at=NOW, name=name, item=item, **options)


def remove(table: TableName, name: str, based_on: int | None = None) -> RemoveItem:
    return RemoveItem(at=NOW, table=table, name=name, based_on=based_on)


def changed(item: Item, **fields: Any) -> Any:
    return msgspec.structs.replace(item, **fields)


def errors(decided: Then) -> dict[str, str]:
    assert isinstance(decided.decision.reply, Refusal)
    assert decided.decision.events == []
    assert decided.decision.messages == []
    return {error.path: error.message for error in decided.decision.reply.errors}


class TestConfiguring:
    def test_something_new(self) -> None:
        bot = Bot(url="https://bots.example.org")
        decided = a_centre().when(configure("hal", bot))
        decided.then(configured("hal", bot)).sends().answers(ConfigurationReply(17, added=1, item_version=17))
        assert decided.state.tables.bots["hal"] == bot

    def test_a_text_whose_braces_were_configured_before_there_were_variables(self) -> None:
        former = CannedMessage(text="Dear {name}")
        centre = given(*(configured(name, item) for _, name, item in items_of(tables())), configured("dear", former))
        labelled = changed(former, label="Dear")
        centre.when(configure("dear", labelled)).then(configured("dear", labelled))
        bot = Bot(url="https://bots.example.org")
        centre.when(configure("hal", bot)).then(configured("hal", bot))
        another = changed(former, text="Dear {nickname}")
        assert set(errors(centre.when(configure("dear", another)))) == {"canned_messages.dear.text"}

    def test_something_else_in_its_place(self) -> None:
        bot = Bot(url="https://bots.example.org")
        a_centre().when(configure("greeter", bot)).then(configured("greeter", bot)).answers(
            ConfigurationReply(17, changed=1, item_version=17)
        )

    def test_the_same_again(self) -> None:
        decided = a_centre().when(configure("greeter", CENTRE["bots"]["greeter"]))
        decided.nothing().answers(ConfigurationReply(16, item_version=9))
        assert isinstance(decided.decision.reply, ConfigurationReply)
        assert decided.decision.reply.replayed

    def test_something_that_must_be_new(self) -> None:
        key = ApiKey(sha256="0" * 64, scopes=["admin"])
        a_centre().when(configure("ops", key, only_new=True)).then(configured("ops", key))
        a_centre().when(configure("ops", key), configure("ops", key, only_new=True)).then().refuses(CONFLICT)

    def test_something_that_must_not_have_changed(self) -> None:
        bot, other = Bot(url="https://bots.example.org"), Bot(url="https://other.example.org")
        a_centre().when(configure("greeter", bot, based_on=9)).then(configured("greeter", bot))
        a_centre().when(configure("greeter", bot, based_on=8)).nothing().refuses(MEANWHILE)
        a_centre().when(configure("greeter", other), configure("greeter", bot, based_on=9)).nothing().refuses(MEANWHILE)
        a_centre().when(configure("greeter", other), configure("greeter", other, based_on=9)).nothing().answers(
            ConfigurationReply(17, item_version=17)
        )

    def test_something_that_must_not_be_there(self) -> None:
        bot = Bot(url="https://bots.example.org")
        a_centre().when(configure("hal", bot, based_on=0)).then(configured("hal", bot))
        a_centre().when(configure("greeter", bot, based_on=0)).nothing().refuses(MEANWHILE)
        a_centre().when(
            remove("channels", "web"), remove("bots", "greeter"), configure("greeter", bot, based_on=0)
        ).then(configured("greeter", bot))

    def test_something_that_was_removed_as_long_as_nothing_came_after(self) -> None:
        hello = CENTRE["canned_messages"]["hello"]
        gone = remove("canned_messages", "hello")
        a_centre().when(gone, configure("hello", hello, based_on=17)).then(configured("hello", hello))
        a_centre().when(gone, configure("hello", hello, based_on=11)).nothing().refuses(MEANWHILE)

    @pytest.mark.parametrize(
        ("name", "item", "path"),
        [
            ("new", Queue(mrd="fax"), "mrd"),
            ("new", Queue(mrd="chat", calendar="never"), "calendar"),
            ("new", Queue(mrd="chat", steps=[Step(), Step(criterion="english >=")]), "steps[1].criterion"),
            ("new", Queue(mrd="chat", steps=[Step(criterion="french >= 5")]), "steps[0].criterion"),
            ("new", Queue(mrd="chat", steps=[Step(criterion="vip >= 5")]), "steps[0].criterion"),
            ("new", Queue(mrd="chat", overflow=Overflow(queue="none", after_seconds=1)), "overflow.queue"),
            ("new", Queue(mrd="chat", overflow=Overflow(queue="calls", after_seconds=1)), "overflow.queue"),
            ("new", Queue(mrd="chat", overflow=Overflow(queue="new", after_seconds=1)), "overflow.queue"),
            ("support", Queue(mrd="chat", overflow=Overflow(queue="sales", after_seconds=1)), "overflow.queue"),
            ("new", Channel(queue="none"), "queue"),
            ("new", Channel(queue="support", bot="hal"), "bot"),
            ("new", Agent(name="New", team="none"), "team"),
            ("new", Agent(name="New", mrds=["chat", "fax"]), "mrds"),
            ("new", Agent(name="New", attributes={"french": 3}), "attributes.french"),
            ("new", Agent(name="New", attributes={"english": True}), "attributes.english"),
            ("new", Agent(name="New", attributes={"vip": 1}), "attributes.vip"),
            ("new", Team(supervisors=["nobody"]), "supervisors"),
            ("new", Team(supervisors=["alice"]), "supervisors"),
            ("new", CannedMessage(text="Hello", queue="none"), "queue"),
            ("new", Webhook(url="http://crm", channels=["none"]), "channels"),
            ("new", Webhook(url="http://crm", queues=["none"]), "queues"),
            ("new", Webhook(url="http://crm", teams=["none"]), "teams"),
        ],
    )
    def test_an_item_that_does_not_fit(self, name: str, item: Item, path: str) -> None:
        decided = a_centre().when(configure(name, item)).refuses(INVALID)
        assert f"{table_of(item)}.{name}.{path}" in errors(decided)

    def test_an_error_in_a_criterion_points_at_the_place(self) -> None:
        decided = a_centre().when(configure("new", Queue(mrd="chat", steps=[Step(criterion="english >> 5")])))
        (message,) = errors(decided).values()
        assert "english >> 5" in message
        assert message.endswith("^")

    def test_an_overflow_in_a_circle_is_spelled_out(self) -> None:
        decided = a_centre().when(
            configure("support", Queue(mrd="chat", overflow=Overflow(queue="sales", after_seconds=1)))
        )
        assert "from support to sales to support" in errors(decided)["queues.support.overflow.queue"]

    @pytest.mark.parametrize(
        ("name", "item", "in_the_way"),
        [
            ("support", changed(CENTRE["queues"]["support"], mrd="voice"), "queues.support.mrd"),
            ("english", Attribute(type="boolean"), "agents.alice.attributes.english"),
            ("english", Attribute(type="boolean"), "queues.support.steps[0].criterion"),
            ("sue", Agent(name="Sue"), "teams.service.supervisors"),
            ("root", Agent(name="Root", role="supervisor"), "agents.root.role"),
        ],
    )
    def test_a_change_that_contradicts_another_item(self, name: str, item: Item, in_the_way: str) -> None:
        decided = a_centre().when(configure(name, item)).refuses(CONFLICT)
        assert in_the_way in errors(decided)

    def test_a_fault_of_old_is_no_reason_to_refuse_something_else(self) -> None:
        old = configured("old", Queue(mrd="gone"))
        given(old).when(configure("hal", Bot(url="http://hal"))).then(configured("hal", Bot(url="http://hal")))


class TestRemoving:
    def test_an_unused_item(self) -> None:
        decided = a_centre().when(remove("channels", "web"))
        decided.then(ItemRemoved(table="channels", name="web")).sends().answers(
            ConfigurationReply(17, removed=1, item_version=17)
        )
        assert decided.state.tables.channels == {}

    def test_an_item_that_must_not_have_changed(self) -> None:
        a_centre().when(remove("channels", "web", 10)).then(ItemRemoved(table="channels", name="web"))
        a_centre().when(remove("channels", "web", 9)).nothing().refuses(MEANWHILE)

    def test_an_unknown_item(self) -> None:
        a_centre().when(remove("channels", "sms")).then().refuses(RefusalCode.NOT_FOUND)

    @pytest.mark.parametrize(
        ("table", "name", "users"),
        [
            ("attributes", "english", ["queues.support.steps[0].criterion", "agents.alice.attributes.english"]),
            ("mrds", "chat", ["queues.support.mrd", "queues.sales.mrd"]),
            ("mrds", "voice", ["queues.calls.mrd", "agents.bob.mrds"]),
            ("calendars", "office", ["queues.support.calendar"]),
            (
                "queues",
                "support",
                ["queues.sales.overflow.queue", "channels.web.queue"],
            ),
            ("queues", "sales", ["canned_messages.hello.queue"]),
            ("bots", "greeter", ["channels.web.bot"]),
            ("teams", "service", ["agents.alice.team"]),
            ("agents", "sue", ["teams.service.supervisors"]),
        ],
    )
    def test_an_item_in_use_names_its_users(self, table: TableName, name: str, users: list[str]) -> None:
        decided = a_centre().when(remove(table, name)).refuses(CONFLICT)
        assert list(errors(decided)) == users
        assert isinstance(decided.decision.reply, Refusal)
        assert all(user in decided.decision.reply.detail for user in users)

    def test_the_last_administrator(self) -> None:
        a_centre().when(remove("agents", "root")).refuses(CONFLICT)
        another = configured("admin", Agent(name="Admin", role="administrator"))
        root = CENTRE["agents"]["root"]
        given(configured("root", root), another).when(remove("agents", "root")).then(
            ItemRemoved(table="agents", name="root")
        )

    def test_an_agent_logs_the_agent_out(self) -> None:
        a_centre().when(remove("agents", "alice")).sends(("agent-alice", LogOut(at=NOW, reason="agent_removed")))


class TestInforming:
    def test_the_router_of_a_queue_that_is_new_or_changed(self) -> None:
        new = Queue(mrd="voice", priority=8)
        a_centre().when(configure("new", new)).sends(("router-voice", ConfigureQueue(at=NOW, name="new", queue=new)))
        sales = changed(CENTRE["queues"]["sales"], wrap_up_seconds=5.0)
        expected = ConfigureQueue(at=NOW, name="sales", queue=sales)
        a_centre().when(configure("sales", sales)).sends(("router-chat", expected))

    def test_an_agent_whose_settings_change(self) -> None:
        alice = Agent(name="Alice", team="service", mrds=["chat"], attributes={"english": 10})
        settings = AgentSettings(name="Alice", mrds={"chat": MrdSettings(3)}, attributes={"english": 10})
        expected = ("agent-alice", ConfigureAgent(at=NOW, settings=settings))
        a_centre().when(configure("alice", alice)).sends(expected)

    def test_nobody_of_a_change_outside_the_agents_settings(self) -> None:
        alice = changed(CENTRE["agents"]["alice"], email="alice@example.org", team=None)
        a_centre().when(configure("alice", alice)).then(configured("alice", alice)).sends()

    def test_nobody_of_a_new_agent(self) -> None:
        dave = Agent(name="Dave")
        a_centre().when(configure("dave", dave)).then(configured("dave", dave)).sends()

    def test_every_agent_who_works_in_a_changed_mrd(self) -> None:
        decided = a_centre().when(configure("voice", Mrd(max_tasks=2)))
        assert [message.to for message in decided.decision.messages] == [
            agent_stream(n) for n in ("alice", "bob", "sue", "root")
        ]
        decided = a_centre().when(configure("chat", Mrd(max_tasks=5)))
        assert [message.to for message in decided.decision.messages] == [
            agent_stream(n) for n in ("alice", "sue", "root")
        ]

    def test_agents_who_work_in_all_mrds_of_a_new_one(self) -> None:
        decided = a_centre().when(configure("mail", Mrd()))
        assert [message.to for message in decided.decision.messages] == [
            agent_stream(n) for n in ("alice", "sue", "root")
        ]


class TestImporting:
    def test_everything_at_first(self) -> None:
        decided = given().when(ImportTables(at=NOW, tables=tables()))
        decided.then(*(configured(name, item) for _, name, item in items_of(tables())))
        decided.answers(ConfigurationReply(16, added=16))
        assert {message.to for message in decided.decision.messages} == {"router-chat", "router-voice"}
        assert decided.state.tables == tables()

    def test_only_what_differs(self) -> None:
        bots = {"greeter": CENTRE["bots"]["greeter"], "hal": Bot(url="http://hal")}
        a_centre().when(ImportTables(at=NOW, tables=tables({"bots": bots}))).then(
            configured("hal", bots["hal"])
        ).answers(ConfigurationReply(17, added=1))
        a_centre().when(ImportTables(at=NOW, tables=tables())).nothing().answers(ConfigurationReply(16))

    def test_in_place_of_what_there_is(self) -> None:
        smaller = {**CENTRE, "canned_messages": {}, "channels": {}, "bots": {}}
        decided = a_centre().when(ImportTables(at=NOW, tables=tables(smaller), replace=True))
        decided.then(
            ItemRemoved(table="canned_messages", name="hello"),
            ItemRemoved(table="channels", name="web"),
            ItemRemoved(table="bots", name="greeter"),
        ).answers(ConfigurationReply(19, removed=3))
        assert decided.state.tables == tables(smaller)

    def test_nothing_where_something_is_wrong(self) -> None:
        wrong: dict[str, dict[str, Item]] = {
            "bots": {"hal": Bot(url="http://hal")},
            "channels": {"a": Channel(queue="x"), "b": Channel(queue="y")},
        }
        decided = a_centre().when(ImportTables(at=NOW, tables=tables(wrong))).refuses(INVALID)
        assert list(errors(decided)) == ["channels.a.queue", "channels.b.queue"]

    def test_nothing_that_leaves_no_administrator_or_moves_a_queue(self) -> None:
        none = {**CENTRE, "agents": {name: item for name, item in CENTRE["agents"].items() if name != "root"}}
        a_centre().when(ImportTables(at=NOW, tables=tables(none), replace=True)).refuses(CONFLICT)
        moved = {"queues": {"calls": Queue(mrd="chat")}}
        a_centre().when(ImportTables(at=NOW, tables=tables(moved))).refuses(CONFLICT)

    def test_not_more_than_one_commit_holds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(deciding, "MAX_AT_ONCE", 18)
        given().when(ImportTables(at=NOW, tables=tables())).refuses(INVALID)
        monkeypatch.setattr(deciding, "MAX_AT_ONCE", 19)
        assert len(given().when(ImportTables(at=NOW, tables=tables())).decision.events) == 16


class TestAdmitting:
    def test_logs_in_as_configured_now(self) -> None:
        settings = AgentSettings(name="Bob", mrds={"voice": MrdSettings(1, interruptible=False)})
        log_in = LogIn(at=NOW, agent_id="bob", settings=settings)
        a_centre().when(AdmitAgent(at=NOW, agent_id="bob")).then().sends(("agent-bob", log_in)).answers(Done(16))

    def test_nobody_who_is_not_configured(self) -> None:
        a_centre().when(AdmitAgent(at=NOW, agent_id="mallory")).then().refuses(RefusalCode.NOT_FOUND)


def test_an_agent_without_mrds_works_in_all() -> None:
    assert agent_settings(tables(), "alice").mrds == {
        "chat": MrdSettings(3),
        "voice": MrdSettings(1, interruptible=False),
    }
    assert agent_settings(tables(), "bob").mrds == {"voice": MrdSettings(1, interruptible=False)}


def test_events_show_the_item_as_the_file_would() -> None:
    event: Event = configured("sales", Queue(mrd="chat", priority=8))
    assert msgspec.json.encode(event) == b'{"item":{"queues":{"sales":{"mrd":"chat","priority":8}}}}'
