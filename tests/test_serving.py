"""`mops dev` does not begin where it cannot serve, and ends when it is told to."""

import fcntl
import signal
import socket
import time
import urllib.request

import pytest
from company_home import Home


def test_mops_dev_does_not_begin_beside_what_has_its_port(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        out, err = Home(tmp_path).mops("dev", "--port", port, code=2)
    assert out == ""
    assert f"port {port}: address already in use" in err
    assert not (tmp_path / "data").exists()


def test_mops_dev_serves_a_home_once(tmp_path):
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "dev.lock").open("w") as lock:
        lock.write("http://127.0.0.1:3000")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        _, err = Home(tmp_path).mops("dev", "--port", str(free_port()), code=2)
    assert err == f"mops: mops dev is going already for {tmp_path}: http://127.0.0.1:3000\n"


def test_mops_dev_does_not_begin_with_settings_that_cannot_be_read(tmp_path):
    (tmp_path / "mops.yaml").write_text("home_curency: EUR\n")
    _, err = Home(tmp_path).mops("dev", "--port", str(free_port()), code=2)
    assert err == "mops: mops.yaml, line 1: home_curency: unknown key; did you mean home_currency?\n"


@pytest.mark.long
def test_mops_dev_ends_when_it_is_told_to_also_as_a_background_job_of_a_script(tmp_path):
    port = free_port()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell has it for such a job
    try:
        dev = Home(tmp_path).start("dev", "--port", str(port))
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        wait_for(port)
        dev.terminate()
        out, err = dev.communicate(timeout=60)
    finally:
        dev.kill()
    assert out.startswith(f"http://127.0.0.1:{port}")
    assert "Warning" not in err
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for(port: int) -> None:
    """Until the UI answers."""
    until = time.monotonic() + 180
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=10).close()
            return
        except OSError:
            assert time.monotonic() < until, "the UI never answered"
            time.sleep(0.5)
