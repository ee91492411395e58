"""The server: it listens at once, and draws the slow pictures beforehand while nobody waits."""

import os
import socket
import threading

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from foedus.errors import InputError

PAUSE = 1.5  # seconds in which the first visitor has the processor alone
READY = "foedus.server.serving:ready"


def serve(host: str, port: int, workers: int) -> None:
    """Answer until stopped. Errors: InputError for a place that cannot be listened at."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # handed on to every connection; without it an answer's body waits 40 ms behind its head
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise InputError(f"cannot listen at {host}:{port}: {os.strerror(error.errno or 0)}. Choose another with --port") from None
    port = door.getsockname()[1]
    click.echo(f"Foedus is at http://{'localhost' if host == '127.0.0.1' else host}:{port}/ (stop with Ctrl-C)", err=True)
    config = uvicorn.Config(READY, factory=True, workers=workers, log_level="warning", access_log=False, server_header=False, limit_concurrency=400)
    if workers == 1:
        uvicorn.Server(config).run([door])
    else:
        Multiprocess(config, [door]).run()


def ready() -> object:
    """The application of one worker; a thread warms what its first visitors would wait for."""
    from foedus.server import application

    app = application.create()
    warmed = threading.Timer(PAUSE, _warm)
    warmed.daemon = True
    warmed.start()
    return app


def _warm() -> None:
    from foedus import snapshot
    from foedus.panels import mapping
    from foedus.server.asking import Asked
    from foedus.server.linking import Links
    from foedus.server.pages import case
    from foedus.server.rendering import as_of

    mapping.toward("FRA", as_of())
    for name in snapshot.ids("case"):
        case.case(Links("en", f"case/{name}"), Asked(), name)
