"""``hybridchat serve``: the server."""

import asyncio
import contextlib
import errno
import gc
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import uvloop

from actors.engine import NotDurableError
from actors.journal import JournalError
from config import SettingsError, load_settings
from config.demo import demo_settings
from config.log import LogSettings, set_up_log
from gateways.application.effects import run_effects
from gateways.application.first_configuration import warn_of_differences
from gateways.application.journal_watch import watch_journal
from gateways.application.opening import open_services
from gateways.application.projecting import run_projections
from gateways.command_line.data_directory_options import config_option
from gateways.command_line.neutralising import neutralise_lines
from gateways.command_line.open_files import allow_many_open_files
from gateways.command_line.serve.demo import require_loopback, set_up_demo
from gateways.command_line.serve.server import Server, listen
from gateways.conversations.unposted import clean_up_unposted
from gateways.data_directory import DataDirectoryError
from schemas.exceptions import SchemaError

if TYPE_CHECKING:
    from gateways.command_line.serve.text_service import TextService

__all__ = ["serve"]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
_RARE_COLLECTION = (50_000, 20, 100)
_PORT = 8080


@click.command()
@click.option("--demo", is_flag=True, help="Serve the demo contact centre, on loopback only.")
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes any free one.")
@click.option("--data-dir", type=click.Path(file_okay=False), help="Where the journal and the accounts are kept.")
@click.option(
    "--restored",
    is_flag=True,
    help="Go on with a journal that was put back from a backup, although other files have seen later events.",
)
@click.option(
    "--accept-altered-journal",
    is_flag=True,
    help="Start although events are not as they were appended; each is logged.",
)
@config_option
def serve(
    demo: bool,
    host: str | None,
    port: int | None,
    data_dir: str | None,
    restored: bool,
    accept_altered_journal: bool,
    config_file: Path | None,
) -> None:
    """Serve the APIs."""
    allow_many_open_files()
    set_up_log(LogSettings())
    server = {"host": host, "port": port, "data_dir": data_dir}
    given = {name: value for name, value in server.items() if value is not None}
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(demo, given, config_file, restored, accept_altered_journal))
    except (SettingsError, DataDirectoryError, JournalError, SchemaError) as error:
        raise click.ClickException(neutralise_lines(str(error))) from error
    except NotDurableError as error:
        raise click.ClickException(neutralise_lines(f"nothing can be written: {error}")) from error
    except OSError as error:
        if error.errno not in _FULL:
            raise
        where = f" to {error.filename}" if error.filename else ""
        message = f"nothing can be written{where}: {error.strerror}; make room on the disk"
        raise click.ClickException(neutralise_lines(message)) from error
    except KeyboardInterrupt:
        pass


async def _serve(
    demo: bool, server: Mapping[str, object], config_file: Path | None, restored: bool, accept_altered_journal: bool
) -> None:
    async with contextlib.AsyncExitStack() as stack:
        gc.disable()
        stack.callback(gc.enable)
        base: Mapping[str, object] = {}
        texts: TextService | None = None
        if demo:
            # A real server does not load aiohttp.web.
            from gateways.command_line.serve.greeter import serve_greeter
            from gateways.command_line.serve.text_service import serve_text_service

            texts = await stack.enter_async_context(serve_text_service(_beside(server)))
            base = _with_texts(demo_settings(await stack.enter_async_context(serve_greeter())), texts)
        settings = load_settings(config_file, base=base, overrides={"server": server})
        set_up_log(settings.log)
        if demo:
            require_loopback(settings.server.host)
        listening = listen(settings.server.host, settings.server.port)
        stack.callback(listening.close)
        services = await stack.enter_async_context(
            open_services(settings, restored=restored, accept_altered_journal=accept_altered_journal)
        )
        if demo:
            await set_up_demo(services)
        warn_of_differences(services.configuration, settings.tables)
        await stack.enter_async_context(watch_journal(services))
        await stack.enter_async_context(run_effects(services))
        await stack.enter_async_context(clean_up_unposted(services))
        await stack.enter_async_context(run_projections(services))
        _collect_rarely()
        host, port = listening.getsockname()[:2]
        url = f"http://{_in_url(host)}:{port}"
        if texts is not None:
            texts.chat_url = f"{url}/connectors/v1/texts"
        announce = partial(_announce, url, texts)
        await Server(services, announce).serve(sockets=[listening])


def _collect_rarely() -> None:
    """Sets up the garbage collector for serving.

    It never goes again through the objects that exist after the start, because they stay, and it seldom goes through
    old ones.
    """
    gc.freeze()
    gc.set_threshold(*_RARE_COLLECTION)
    gc.enable()


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _beside(server: Mapping[str, object]) -> int:
    """The port beside the server's; 0 where that is any."""
    port = server.get("port", _PORT)
    return port + 1 if isinstance(port, int) and port else 0


def _with_texts(settings: Mapping[str, Any], texts: "TextService") -> dict[str, object]:
    added = texts.settings
    return {**settings, "channels": {**settings["channels"], **added["channels"]}, "secrets": added["secrets"]}


def _announce(url: str, texts: "TextService | None") -> None:
    """With the demo's service for text messages, the demo is announced."""
    click.echo(f"Hybrid Chat serves {url}")
    click.echo(f"  API description   {url}/docs")
    click.echo(f"  Inspect           {url}/inspect")
    if texts is not None:
        click.echo(f"  Text messages     {texts.url}/texts")
        click.echo("  Agents            alice, bob, carol; supervisor sue; administrator root; password demo")
        click.echo("  Try it            start a conversation as a customer:")
        click.echo(f'    curl -s {url}/customer/v1/conversations -d \'{{"channel":"web","text":"Hello"}}\'')
        click.echo(f"  Play dialogues    {_program()} play tests/dialogues.jsonl --url {url}")
    click.echo("Stop with Ctrl-C.")


def _program() -> str:
    """Returns the path by which ``hybridchat`` was called, so that the printed command works where it is read."""
    return sys.argv[0] if Path(sys.argv[0]).name == "hybridchat" else "hybridchat"
