"""Every file of a data directory by its name."""

from pathlib import Path

__all__ = ["DataDirectory"]


class DataDirectory:
    """Where a server keeps what outlasts it. Nothing is made or opened here."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal = path / "journal.db"
        self.snapshots = path / "snapshots.db"
        self.accounts = path / "accounts.db"
        self.effects = path / "effects.db"
        self.reports = path / "reports.db"
        self.token_secret = path / "token-secret"
        self.attachments = path / "attachments"
