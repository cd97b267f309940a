"""A real PostgreSQL server for the tests."""

from tests.postgresql.server import PostgresqlServer

__all__ = ["PostgresqlServer"]
