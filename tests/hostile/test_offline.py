"""An ingest speaks to nobody, whatever the pack asks for; what finds that out would find a connection."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.offline import addresses_in, foreign, watch
from tests.hostile.makers import script_and_launch

TRACE = """\
41 connect(3, {sa_family=AF_UNIX, sun_path="/run/nscd"}, 110) = -1 ENOENT
41 connect(4, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
42 connect(4, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2606:4700::1", \
&sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH
43 sendto(5, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 1
44 connect(4, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", \
&sin6_addr), sin6_scope_id=0}, 28) = 0
"""


def test_a_trace_is_understood() -> None:
    assert foreign(addresses_in(TRACE)) == ["192.0.2.1 port 53 (1 times)", "2606:4700::1 port 443 (1 times)"]


def can_trace() -> bool:
    strace = shutil.which("strace")
    return bool(strace) and subprocess.run([strace, "-qq", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_trace(), reason="strace is not installed or may not be used here")
def test_an_ingest_connects_to_nobody(tmp_path: Path) -> None:
    pack = tmp_path / "pack.pdf"
    pack.write_bytes(script_and_launch())
    command = [sys.executable, "-m", "flows", "ingest", "--warehouse", str(tmp_path / "w.duckdb"), str(pack)]
    status, found = watch(command, tmp_path)
    assert status == 0
    assert not found
    abroad = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    status, found = watch([sys.executable, "-c", abroad], tmp_path)
    assert foreign(found) == ["192.0.2.1 port 9 (1 times)"]
