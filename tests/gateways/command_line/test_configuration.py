"""``hybridchat configuration``, ``keys`` and the agents of a running server."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateways.command_line import main
from tests.gateways.command_line.play.servers import RealServer, serving

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "config" / "demo.toml"
AS_ROOT = ["--user", "root", "--password-stdin"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with serving(tmp_path_factory.mktemp("data")) as started:
        yield started


@pytest.fixture
def key(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An API key for administration, in the environment."""
    made = run(server, "keys", "create", "test", "--scope", "admin", *AS_ROOT, stdin="demo\n").stdout.strip()
    monkeypatch.setenv("HYBRIDCHAT_API_KEY", made)
    yield made
    run(server, "keys", "remove", "test", *AS_ROOT, stdin="demo\n")


def run(server: RealServer, *arguments: str, stdin: str | None = None, fails: bool = False) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--url", server.url], input=stdin)
    assert (result.exit_code != 0) == fails, result.output
    return result


class TestKeys:
    def test_a_new_key_is_printed_alone_and_is_accepted(self, server: RealServer, key: str) -> None:
        assert len(key) == 43
        assert run(server, "keys", "list").stdout.split() == ["test", "admin"]
        assert key not in run(server, "configuration", "export").stdout

    def test_a_removed_key_is_not_listed(self, server: RealServer, key: str) -> None:
        run(server, "keys", "create", "other", "--scope", "extern", "--scope", "bot")
        assert "other" in run(server, "keys", "list").stdout
        assert run(server, "keys", "remove", "other").stdout == "Removed other\n"
        assert "other" not in run(server, "keys", "list").stdout
        assert "nothing is configured as api_keys" in run(server, "keys", "remove", "other", fails=True).stderr

    def test_a_password_is_asked_for_and_not_shown(self, server: RealServer) -> None:
        result = run(server, "keys", "list", "--user", "root", stdin="demo\n")
        assert "Password:" in result.output
        assert "demo" not in result.output

    @pytest.mark.parametrize("name", ["A B", "../agents/alice", "x" * 65, ""])
    def test_a_name_of_wrong_characters_is_refused(self, server: RealServer, key: str, name: str) -> None:
        for action in (["create", name, "--scope", "admin"], ["remove", name]):
            assert "is no name" in run(server, "keys", *action, fails=True).stderr


class TestConfiguration:
    def test_an_export_can_be_checked_and_imported(self, server: RealServer, key: str, tmp_path: Path) -> None:
        file = tmp_path / "centre.toml"
        run(server, "configuration", "export", "--output", str(file))
        secret = {"HYBRIDCHAT__SECRETS__TEXTS": "whsec_" + base64.b64encode(bytes(32)).decode()}
        checked = CliRunner(env=secret).invoke(main, ["configuration", "check", str(file)])
        assert checked.output.startswith(f"{file} is good: 3 attributes, 2 mrds, 1 calendars, 3 queues")
        imported = run(server, "configuration", "import", str(file), "--replace")
        assert imported.stdout == "Added 0, changed 0, removed 0\n"

    def test_a_settings_files_tables_are_imported_and_its_secrets_stay(
        self, server: RealServer, key: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "settings.toml"
        file.write_text(f'[authentication]\nsecret = "{"s" * 32}"\n[queues.vip]\nmrd = "chat"\n')
        assert run(server, "configuration", "import", str(file)).stdout == "Added 1, changed 0, removed 0\n"
        assert "s" * 32 not in run(server, "configuration", "export").stdout

    def test_importing_the_demos_file_into_the_demo_changes_only_the_bot(self, server: RealServer, key: str) -> None:
        """The bot listens at an address of its own in each run."""
        assert run(server, "configuration", "import", str(DEMO)).stdout == "Added 0, changed 1, removed 0\n"

    def test_each_error_of_a_configuration_has_a_line(self, server: RealServer, key: str, tmp_path: Path) -> None:
        file = tmp_path / "wrong.toml"
        file.write_text('[channels.a]\nqueue = "x"\n[channels.b]\nqueue = "y"\n')
        errors = run(server, "configuration", "import", str(file), fails=True).stderr
        assert "channels.a.queue: names 'x'" in errors
        assert "channels.b.queue: names 'y'" in errors

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("[queues.vip]\nmrd = 'fax'", "queues.vip.mrd: names 'fax'"),
            ("[queues.vip]", "queues.vip.mrd: Object missing required field `mrd`"),
            ("[calendars.x]\nzone = 'Mars'", "calendars.x.zone"),
            (
                "[mrds.chat]\n[queues.vip]\nmrd = 'chat'\nsteps = [{criterion = 'english > > 8'}]",
                "found '>'\nenglish > > 8\n          ^\n",
            ),
            ("[nonsense]", "unknown field `nonsense`"),
            ("[queues", "is not valid TOML"),
            (None, "cannot read the settings file"),
        ],
    )
    def test_a_wrong_file_is_reported_without_a_server(self, tmp_path: Path, text: str | None, message: str) -> None:
        file = tmp_path / "wrong.toml"
        if text is not None:
            file.write_text(text)
        result = CliRunner().invoke(main, ["configuration", "check", str(file)])
        assert result.exit_code == 1
        assert message in result.stderr


class TestAgents:
    def test_agents_are_listed(self, server: RealServer, key: str) -> None:
        lines = [line.split() for line in run(server, "agents", "list").stdout.splitlines()]
        assert ["alice", "agent", "service", "Alice"] in lines
        assert ["root", "administrator", "-", "Root"] in lines

    def test_agents_are_exported_and_imported_as_csv(self, server: RealServer, key: str, tmp_path: Path) -> None:
        file = tmp_path / "agents.csv"
        run(server, "agents", "export", "--output", str(file))
        file.write_text(file.read_text() + "dave,Dave,agent,service,chat,english=8,\n")
        assert run(server, "agents", "import", str(file)).stdout == "Added 1, changed 0, removed 0\n"
        assert "dave,Dave,agent,service,chat,english=8," in run(server, "agents", "export").stdout

    def test_wrong_lines_of_agents_are_named(self, server: RealServer, key: str, tmp_path: Path) -> None:
        file = tmp_path / "agents.csv"
        file.write_text("username,name,role,team,mrds,attributes,email\nx,X,boss,,,,\ny,,agent,,,,\n")
        errors = run(server, "agents", "import", str(file), fails=True).stderr
        assert "line 2, role: " in errors
        assert "line 3, name: " in errors


class TestTheServer:
    def test_a_server_refuses_callers_without_the_right_credentials(
        self, server: RealServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "Set HYBRIDCHAT_API_KEY" in run(server, "agents", "list", fails=True).stderr
        wrong = run(server, "agents", "list", *AS_ROOT, stdin="wrong\n", fails=True)
        assert "the username or the password is wrong" in wrong.stderr
        plain = run(server, "agents", "list", "--user", "alice", "--password-stdin", stdin="demo\n", fails=True)
        assert "this takes the role supervisor" in plain.stderr
        for key in ("wrong", "\u00e9", "a\nb"):
            monkeypatch.setenv("HYBRIDCHAT_API_KEY", key)
            run(server, "agents", "list", fails=True)

    def test_an_address_without_a_server_is_an_error(self) -> None:
        for url, message in (("nonsense", "is no address"), ("http://127.0.0.1:9", "cannot reach http://127.0.0.1:9")):
            arguments = ["agents", "list", "--url", url, *AS_ROOT]
            result = CliRunner().invoke(main, arguments, input="demo\n")
            assert result.exit_code != 0
            assert message in result.stderr
