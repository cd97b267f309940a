"""The limit of open files is raised."""

import resource
import subprocess
import sys

SCRIPT = """
import resource
from gateways.command_line.open_files import allow_many_open_files
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
allow_many_open_files()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def test_the_limit_is_raised_as_far_as_it_goes() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    limits = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout.split()
    assert limits == [str(10_240 if hard == resource.RLIM_INFINITY else hard), str(hard)]
