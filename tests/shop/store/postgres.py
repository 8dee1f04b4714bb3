"""A private PostgreSQL cluster on a loopback port, thrown away at the end. Needs only the server's programs."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHERE = Path("/usr/lib/postgresql")


def find_programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest version here; None where the server is not installed."""
    on_path = shutil.which("initdb")
    folders = sorted((f for f in WHERE.glob("*/bin") if (f / "initdb").exists()), key=lambda f: int(f.parent.name))
    return folders[-1] if folders else Path(on_path).parent if on_path else None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Yields the address of its `postgres` database, as SQLAlchemy writes it."""
    folder = Path(tempfile.mkdtemp(prefix="shop-pg-"))
    # The server refuses to run as root.
    user = _unprivileged() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user.pw_uid, user.pw_gid)
    port = _free_port()
    options = f"-h 127.0.0.1 -p {port} -c unix_socket_directories='' -c fsync=off -c full_page_writes=off"

    def run(program: str, *arguments: str) -> None:
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        subprocess.run(
            [str(programs / program), *arguments],
            check=True,
            capture_output=True,
            cwd=folder,
            env=environment,
            **as_user,
        )

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "shop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://shop@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
