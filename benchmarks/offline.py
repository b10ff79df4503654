"""That an ingest speaks to nobody: `python -m benchmarks.offline [--prefect] [FILE...]`.

The command runs under `strace`, which writes down every address that any of its processes connects to or sends to.
Exits with 1 where one of them is not this machine's own (loopback or a socket in the file system). Without files the
samples are read. `--prefect` runs the flow with its temporary server, as `make run` does.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
CALLS = "connect,sendto,sendmsg,sendmmsg"
ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")')
OWN = re.compile(r"^(127\.|::1$|::ffff:127\.|0\.0\.0\.0$|::$)")


def addresses_in(trace: str) -> Counter[tuple[str, str]]:
    """(address, port) -> calls, for the internet's two families; other sockets lead nowhere else."""
    found: Counter[tuple[str, str]] = Counter()
    for line in trace.splitlines():
        if "AF_INET" in line and (match := ADDRESS.search(line)):
            found[match.group(2) or match.group(3), match.group(1)] += 1
    return found


def foreign(found: Counter[tuple[str, str]]) -> list[str]:
    """Those that are not this machine."""
    return sorted(
        f"{address} port {port} ({n} times)" for (address, port), n in found.items() if not OWN.match(address)
    )


def watch(command: list[str], folder: Path) -> tuple[int, Counter[tuple[str, str]]]:
    """The command's exit status and where it and all its processes connected to."""
    trace = folder / "trace"
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(trace), *command]
    done = subprocess.run(traced, stdout=subprocess.DEVNULL, check=False)
    return done.returncode, addresses_in(trace.read_text(errors="replace"))


def main() -> int:
    """0 where nothing left the machine."""
    if shutil.which("strace") is None:
        print("strace is not installed (Debian: strace)", file=sys.stderr)
        return 2
    options = [word for word in sys.argv[1:] if word == "--prefect"]
    files = [word for word in sys.argv[1:] if word != "--prefect"] or [str(path) for path in SAMPLES.glob("*.pdf")]
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "flows", "ingest", "--warehouse", f"{name}/w.duckdb", *options, *files]
        status, found = watch(command, Path(name))
    print(f"the ingest of {len(files)} files ended with {status}")
    for (address, port), calls in found.most_common():
        print(f"  {calls:5} calls to {address} port {port}")
    left = foreign(found)
    print("nothing left this machine" if not left else f"LEFT THIS MACHINE: {', '.join(left)}")
    return 1 if left or status != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
