"""What the tests of attachments start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateways.attachments.bucket import BucketStore
from gateways.attachments.local import LocalStore
from gateways.attachments.store import AttachmentStore
from schemas.identifiers import new_id
from tests.gateways.attachments.seaweed import ACCESS_KEY, SECRET_KEY, run_seaweed, settings_at


@pytest.fixture(scope="package")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a store that speaks S3; the credentials for it are in the environment."""
    with pytest.MonkeyPatch.context() as patch, run_seaweed(tmp_path_factory.mktemp("seaweed")) as address:
        patch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        yield address


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> AttachmentStore:
    """An empty store of each kind."""
    if request.param == "local":
        return LocalStore(tmp_path / "attachments")
    return BucketStore(settings_at(request.getfixturevalue("seaweed"), prefix=f"tests/{new_id()}"))
