"""What a process that reads a stranger's file may still do: read a few folders, and nothing else.

Linux only, and as far as the kernel goes: an empty network namespace, Landlock (read-only view of our own code, the
system's libraries and the one file; no TCP), no new privileges. What a system does not offer is passed over; the
limits of `flows.worker` hold everywhere. `docs/safety.md` says what is left where nothing is offered.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import struct
import sys
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
# The system calls' numbers are the same on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG, PATH_BENEATH = 1, 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Landlock version -> how many rights over files it knows (each a bit, from the lowest)."""
TCP_SINCE, TCP_RIGHTS = 4, 3
SCOPES_SINCE, SCOPES = 6, 3
"""Neither abstract sockets nor signals reach beyond this process and its children."""
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/localtime", "/etc/ld.so.cache", "/etc/fonts")
PACKAGES = Path(__file__).resolve().parent.parent


def die_with_parent(parent: int) -> None:
    """This process is killed when the one that started it ends, however that ends; to Linux that is the thread."""
    signal_when_parent_ends(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def outlive_thread() -> None:
    """Takes `die_with_parent` back: the thread that started this process may end before its process does."""
    signal_when_parent_ends(0)


def signal_when_parent_ends(number: int) -> None:
    """Linux sends this process the signal when the thread that started it ends, however that ends; 0 for none."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def confine(file: Path) -> bool:
    """From here on only `file`, our code and the system's libraries can be read, and nothing else be done.

    True where the kernel holds this process to it (Landlock); the network is left in any case where that is allowed.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(OSError, AttributeError):
        if libc.unshare(CLONE_NEWNET) != 0:
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    with contextlib.suppress(OSError, AttributeError):
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return _landlock(libc, file)
    return False


def _landlock(libc: ctypes.CDLL, file: Path) -> bool:
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)
    if version < 1:
        return False
    rights = (1 << RIGHTS_OF_VERSION.get(version, 16)) - 1
    handled = [rights, *([TCP_RIGHTS] if version >= TCP_SINCE else []), *([SCOPES] if version >= SCOPES_SINCE else [])]
    attributes = struct.pack(f"{len(handled)}Q", *handled)
    ruleset = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return False
    try:
        for path in _readable(file):
            _allow_reading(libc, ruleset, path)
        return bool(libc.syscall(RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _readable(file: Path) -> set[Path]:
    named = [*os.environ.get("PYTHONPATH", "").split(os.pathsep), os.environ.get("BOARDPACK_DATA", "")]
    own = [sys.prefix, sys.base_prefix, *SYSTEM, *(name for name in named if name)]
    return {*(Path(name) for name in own), PACKAGES, file}


def _allow_reading(libc: ctypes.CDLL, ruleset: int, path: Path) -> None:
    """A rule for one path; one that is not there needs none."""
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = READ_FILE | READ_DIR if path.is_dir() else READ_FILE
        rule = struct.pack("=Qi", rights, handle)
        libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
    finally:
        os.close(handle)
