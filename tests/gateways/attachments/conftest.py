"""Fixtures for the tests of attachments."""

from pathlib import Path

import pytest

from gateways.attachments.bucket import BucketStore
from gateways.attachments.local import LocalStore
from gateways.attachments.store import AttachmentStore
from schemas.identifiers import new_id
from tests.gateways.attachments.seaweed import settings_at


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> AttachmentStore:
    """An empty store of each kind."""
    if request.param == "local":
        return LocalStore(tmp_path / "attachments")
    return BucketStore(settings_at(request.getfixturevalue("seaweed"), prefix=f"tests/{new_id()}"))
