"""The database in which projections keep their tables: SQLite, or PostgreSQL."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sql

from projections.runner.catalogue import METADATA, Build, Catalogue
from projections.runner.exceptions import DatabaseUnavailableError, ForeignDatabaseError
from projections.runner.projection import Projection
from projections.runner.refusals import as_unavailable, reason_of
from projections.runner.replaced_file import ReplacedFileCheck
from projections.runner.text_index import text_index_of
from projections.runner.views import view_of
from schemas.instants import Clock, utc_now

__all__ = ["Database", "file_of", "sqlite_url"]

_BUSY_SECONDS = 30
_CONNECT_SECONDS = 5
_LOCK = 0x48_59_43_48
_LOCK_SECONDS = 2
_MAX_CONNECTIONS = 50
_MAX_LOG_BYTES = 64 * 1024 * 1024
_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
_USABLE = "write sqlite:///path/of/the/file or postgresql://user:password@host/name"


def sqlite_url(file: Path) -> str:
    """The address of a file."""
    return f"sqlite:///{file}"


class Database:
    """The database; safe to use on any thread. It raises DatabaseUnavailableError whenever the database does not serve,
    or the address cannot be used.

    ``url`` is SQLAlchemy's, such as ``sqlite:////var/lib/reports.db`` or
    ``postgresql+psycopg://user:secret@host/name``; it is never logged.
    """

    def __init__(self, url: str, clock: Clock = utc_now, *, read_only: bool = False) -> None:
        """Prepares the database. With ``read_only`` it makes and changes nothing: no file, no table, no row."""
        self.catalogue = Catalogue(clock)
        self._engine = _open(url, read_only=read_only)
        try:
            if not read_only:
                self.prepare()
        except sql.exc.SQLAlchemyError as error:
            self.close()
            unavailable = DatabaseUnavailableError(f"{self.address}: {reason_of(error)}")
            raise as_unavailable(error, self.address) or unavailable from error
        except BaseException:
            self.close()
            raise

    def prepare(self) -> None:
        """Makes the tables that every database of projections has, unless they are there: a file may have been
        removed meanwhile."""
        with self.writing() as connection:
            self.lock_schema(connection)
            METADATA.create_all(connection)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @property
    def address(self) -> str:
        """The address for people to read: without the password, which may stand in the query part too."""
        return self._engine.url.set(query={}).render_as_string(hide_password=True)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """A transaction that is committed at the end, and rolled back by an exception."""
        with self.served(), self._engine.connect() as connection:
            connection = connection.execution_options(begins="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """A transaction that sees the database as of one moment."""
        with self.served(), self._engine.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def looking_up(self) -> Iterator[sql.Connection]:
        """A connection that sees what is committed at each statement, for a writer's lookups."""
        with self.served(), self._engine.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection.execution_options(begins="")

    def is_prepared(self) -> bool:
        """True if the tables are there that every database of projections has. Only one that was opened to be read may
        lack them."""
        with self.reading() as connection:
            return sql.inspect(connection).has_table(METADATA.sorted_tables[0].name)

    def make_tables(self, connection: sql.Connection, projection: Projection, build: Build) -> None:
        for table in projection.tables:
            table.generation(build.generation).create(connection)

    def drop_tables(self, connection: sql.Connection, build: Build) -> None:
        """Drops the build's tables, also those that another version of the program made under other names."""
        for name in build.table_names:
            table = sql.Table(f"{name}_{build.generation}", sql.MetaData())
            if self.dialect == "sqlite":
                text_index = sql.Table(text_index_of(table.name), sql.MetaData())
                connection.execute(sql.schema.DropTable(text_index, if_exists=True))
            connection.execute(sql.schema.DropTable(table, if_exists=True))

    def hold_tables(self, connection: sql.Connection, builds: Iterable[Build]) -> None:
        """Keeps the tables from being dropped until the transaction ends. In SQLite that needs no lock: a transaction
        sees what was there when it began. Raises TablesReplacedError when a table has been dropped already."""
        if self.dialect == "postgresql":
            names = ", ".join(f"{name}_{build.generation}" for build in builds for name in build.table_names)
            connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS SHARE MODE")

    def show(self, connection: sql.Connection, projection: Projection, build: Build) -> None:
        """Lets the views show this build. Raises ForeignDatabaseError."""
        self.check_names(connection, (table.name for table in projection.tables))
        for table in projection.tables:
            if not table.internal:
                connection.exec_driver_sql(view_of(table, build.generation, self.dialect))

    def hide(self, connection: sql.Connection, build: Build) -> None:
        """Drops the views of a build's tables."""
        for name in build.table_names:
            connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")

    def check_names(self, connection: sql.Connection, names: Iterable[str]) -> None:
        """Raises ForeignDatabaseError when a table or view that no projection made has one of the names."""
        inspector = sql.inspect(connection)
        taken = {*inspector.get_table_names(), *inspector.get_view_names()}
        for name in sorted(taken.intersection(names)):
            raise ForeignDatabaseError(f"{self.address} has a {name} of its own; name another database")

    def lock_schema(self, connection: sql.Connection) -> None:
        """Lets one transaction at a time make and replace tables. It gives up soon if readers keep hold of a table:
        everyone who comes after it would have to wait as well."""
        if self.dialect == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
            connection.execute(sql.select(sql.func.pg_advisory_xact_lock(_LOCK)))

    @contextmanager
    def served(self) -> Iterator[None]:
        """Turns the errors of a database that does not serve into DatabaseUnavailableError."""
        try:
            yield
        except sql.exc.SQLAlchemyError as error:
            unavailable = as_unavailable(error, self.address)
            if unavailable is None:
                raise
            raise unavailable from error


def file_of(url: str) -> Path | None:
    """The file at the address; None for an address of a server, or one that cannot be read."""
    try:
        parsed = sql.make_url(url)
    except (sql.exc.ArgumentError, ValueError):
        return None
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _open(url: str, *, read_only: bool) -> sql.Engine:
    try:
        parsed = sql.make_url(url)
    except (sql.exc.ArgumentError, ValueError):
        raise DatabaseUnavailableError(f"the database's address cannot be read; {_USABLE}") from None
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in _DRIVERS:
        raise DatabaseUnavailableError(f"{parsed.drivername[:64]!r} cannot hold projections; {_USABLE}")
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite_to_read(parsed) if read_only else _open_sqlite(parsed)
    connect = {} if "connect_timeout" in parsed.query else {"connect_timeout": _CONNECT_SECONDS}
    return sql.create_engine(parsed, pool_pre_ping=True, max_overflow=_MAX_CONNECTIONS, connect_args=connect)


def _open_sqlite(url: sql.URL) -> sql.Engine:
    if url.database in (None, "", ":memory:"):
        raise DatabaseUnavailableError("projections are kept in a file; write sqlite:///path/of/the/file")
    connect = {"check_same_thread": False, "timeout": _BUSY_SECONDS}
    engine = sql.create_engine(url, max_overflow=_MAX_CONNECTIONS, connect_args=connect)
    file = ReplacedFileCheck(Path(url.database or ""))
    sql.event.listen(engine, "connect", _prepare_sqlite)
    sql.event.listen(engine, "connect", file.remember)
    sql.event.listen(engine, "checkout", file.check)
    sql.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite_to_read(url: sql.URL) -> sql.Engine:
    """SQLite makes no file for an address with this mode."""
    address = f"file:{quote(url.database or '')}"
    by_uri = url.set(database=address, query={"mode": "ro", "uri": "true"})
    engine = sql.create_engine(by_uri, connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS})
    sql.event.listen(engine, "connect", _leave_transactions)
    sql.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _leave_transactions(connection: Any, record: object) -> None:
    """The driver begins no transactions by itself."""
    connection.isolation_level = None


def _prepare_sqlite(connection: Any, record: object) -> None:
    """If a power cut loses the last transactions, their events are projected again."""
    _leave_transactions(connection, record)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(f"PRAGMA journal_size_limit={_MAX_LOG_BYTES}")


def _begin_sqlite(connection: sql.Connection) -> None:
    """A writer's transaction begins as one: two transactions that read first and write later would refuse each
    other."""
    begins = connection.get_execution_options().get("begins", "BEGIN")
    if begins:
        connection.exec_driver_sql(begins)
