"""The tables of the outbox."""

__all__ = ["CLAIMED", "NAMES", "SCHEMA"]

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS cursors (effect TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    effect TEXT NOT NULL,
    target TEXT NOT NULL,
    lane TEXT NOT NULL,
    position INTEGER NOT NULL,
    payload BLOB,
    state TEXT NOT NULL DEFAULT 'waiting',
    tries INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    planned_at REAL NOT NULL,
    first_try_at REAL,
    last_try_at REAL,
    outcome TEXT,
    code TEXT,
    detail TEXT,
    provider_id TEXT
);
CREATE INDEX IF NOT EXISTS open_deliveries ON deliveries (target, lane, id) WHERE state IN ('waiting', 'calling');
CREATE INDEX IF NOT EXISTS deliveries_of_target ON deliveries (target, state, id);
CREATE INDEX IF NOT EXISTS parked_deliveries ON deliveries (target) WHERE state = 'parked';
CREATE INDEX IF NOT EXISTS called_deliveries ON deliveries (target, last_try_at, state) WHERE last_try_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS lanes (
    target TEXT NOT NULL,
    lane TEXT NOT NULL,
    effect TEXT NOT NULL,
    due REAL NOT NULL,
    PRIMARY KEY (target, lane)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due_lanes ON lanes (target, due);
CREATE TABLE IF NOT EXISTS targets (
    name TEXT PRIMARY KEY,
    effect TEXT NOT NULL,
    stopped TEXT,
    stopped_at REAL,
    replayed_to INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS provider_ids (
    target TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    delivery INTEGER NOT NULL,
    PRIMARY KEY (target, provider_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS provider_ids_of_delivery ON provider_ids (delivery);
CREATE TRIGGER IF NOT EXISTS forgotten AFTER DELETE ON deliveries BEGIN
    DELETE FROM provider_ids WHERE delivery = OLD.id;
END;
"""
"""A lane has a row while deliveries of it wait. ``deliveries.id`` never comes again: it is the order of a lane."""

CLAIMED = 1e18
"""The time at which a lane is due while it is being worked through: never, until it is released."""

NAMES = """
WITH RECURSIVE delivered_to (target) AS (
    SELECT min(target) FROM deliveries
    UNION ALL
    SELECT (SELECT min(target) FROM deliveries WHERE target > delivered_to.target) FROM delivered_to
    WHERE delivered_to.target IS NOT NULL
), names (name) AS (
    SELECT target FROM delivered_to WHERE target IS NOT NULL UNION SELECT name FROM targets
)
"""
"""The beginning of a query that reads the names of all targets, found by steps in an index however many deliveries
there are."""
