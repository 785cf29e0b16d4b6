"""Makes calls with the clients of a file: what `worker.mjs` does, with threads."""

import importlib.util
import json
import os
import sys
import threading
import time
from typing import Any

Operation = tuple[int, float, float, bool]


def now() -> float:
    """As `clock.mjs` has it."""
    return time.monotonic() * 1000


def import_file(path: str) -> Any:
    sys.path.insert(0, os.path.dirname(path))  # for what lies beside it
    spec = importlib.util.spec_from_file_location("client", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["client"] = module
    spec.loader.exec_module(module)
    return module


def watch(limiter: Any, admitted: list[float]) -> None:
    take = limiter.take

    def watched(self: Any, deadline: float) -> None:
        take(self, deadline)
        admitted.append(now())

    limiter.take = watched


class Waits:
    """What the machine adds to every wait."""

    late_ms = 0.0

    def watch(self) -> None:
        while True:
            due = now() + 10
            time.sleep(0.01)
            self.late_ms = max(self.late_ms, now() - due)


class Calls:
    """A client of a part, with its callers."""

    def __init__(self, client: Any, number: int, part: Any, done: list[Operation]) -> None:
        self._client, self._part, self._done = client, part, done
        self._callers = range(number * part["callers"], (number + 1) * part["callers"])
        self._lock = threading.Lock()
        self._asked = 0

    def warm_up(self) -> None:
        """Loads its code, and connects it."""
        self._client.request("GET", "/v1/items/0")

    def threads(self, start: float) -> list[threading.Thread]:
        return [
            threading.Thread(target=self._call, args=(caller, start), daemon=True)
            for caller in self._callers
        ]

    def _next(self) -> int:
        with self._lock:
            self._asked += 1
            return self._asked

    def _call(self, caller: int, start: float) -> None:
        pause = self._part.get("pauseMs", 0) / 1000
        offset = pause * caller / (self._part["clients"] * self._part["callers"])
        time.sleep(max(0, start / 1000 + offset - time.monotonic()))
        while (number := self._next()) <= self._part.get("operations", float("inf")):
            began = now()
            try:
                self._client.request("GET", f"/v1/items/{number}")
                is_ok = True
            except Exception:
                is_ok = False
            self._done.append((caller, began, now(), is_ok))
            if pause:
                time.sleep(pause)


def end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


def main() -> None:
    plan = json.loads(sys.argv[1])
    module = import_file(plan["file"])
    admitted: list[float] = []
    for name, value in list(vars(module).items()):
        if name.endswith("Bucket"):
            watch(value, admitted)
    done: list[list[Operation]] = [[] for _ in plan["parts"]]
    calls = [
        Calls(create(module, f"{part['address']}/{number}"), number, part, own)
        for part, own in zip(plan["parts"], done)
        for number in range(part["clients"])
    ]
    # Before the service is there: no call fails, and none counts.
    for call in calls:
        call.warm_up()
    admitted.clear()
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    threading.Thread(target=end_with_parent, daemon=True).start()
    threads = [thread for call in calls for thread in call.threads(start)]
    waits = Waits()
    threading.Thread(target=waits.watch, daemon=True).start()
    for thread in threads:
        thread.start()
    for thread in threads:
        end = plan.get("seconds") and start / 1000 + plan["seconds"] - time.monotonic()
        thread.join(end and max(0, end))
    operations = [part[:] for part in done]
    worked = {"operations": operations, "admitted": admitted[:], "lateMs": waits.late_ms}
    print(json.dumps(worked), flush=True)
    os._exit(0)


def create(module: Any, address: str) -> Any:
    return module.ApiClient({**os.environ, "API_BASE_URL": address})


main()
