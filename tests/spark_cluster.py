"""Spark for the tests and the benchmarks: in this process's machine alone (`local[2]`), or a standalone cluster of two workers on loopback."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WAIT = 60


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def session(master: str, memory: str = "1g", small: bool = True) -> Any:
    """A session on the master; small: for a few rows, where compiling a plan takes longer than running it."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": str(not small).casefold(),
        "spark.sql.codegen.wholeStage": str(not small).casefold(),
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.executor.memory": memory,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.log.level": "ERROR",
    }
    building = SparkSession.builder.master(master).appName("foedus")
    for name, value in settings.items():
        building = building.config(name, value)
    return building.getOrCreate()


@contextlib.contextmanager
def local(memory: str = "1g", small: bool = True) -> Iterator[Any]:
    made = session("local[2]", memory, small)
    try:
        yield made
    finally:
        made.stop()


@contextlib.contextmanager
def cluster(folder: Path, memory: str = "1g", small: bool = True) -> Iterator[Any]:
    """A master and two workers of one core each, processes of their own, started here and ended here."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = free_port()
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "SPARK_DAEMON_MEMORY": "256m"}
    master = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *arguments: str) -> None:
        log = (folder / f"{kind.rpartition('.')[2]}-{len(started)}.log").open("wb")
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *arguments]
        started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT))

    try:
        start("master.Master", "--port", str(port))
        _wait_for(lambda: _answers(port), started[0])
        for number in (1, 2):
            start("worker.Worker", "--cores", "1", "--memory", memory, "--work-dir", str(folder / f"worker-{number}"), master)
        for number in (1, 2):
            log = folder / f"Worker-{number}.log"
            _wait_for(lambda log=log: b"registered with master" in log.read_bytes(), started[number])  # type: ignore[misc]
        made = session(master, memory, small)
        try:
            yield made
        finally:
            made.stop()
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(WAIT)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _wait_for(ready: Any, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + WAIT
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("a part of the Spark cluster did not start; its log is in the folder of the cluster")
        time.sleep(0.1)
