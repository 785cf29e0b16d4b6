"""Makes calls with an imported client: `python driver.py FILE CALLS`; outcomes as JSON lines."""

import gc
import importlib.util
import io
import json
import os
import sys
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Dict, List

file, plan = sys.argv[1:3]
spec = importlib.util.spec_from_file_location("client", file)
assert spec and spec.loader
module: Any = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
config = dict(os.environ)
client = module.ApiClient(config)
Results = List[Dict[str, Any]]


def outcome(action: Callable[[], Any]) -> Dict[str, Any]:
    started_at = time.monotonic()
    try:
        result = {"ok": True, "value": action()}
    except Exception as error:
        kind = getattr(error, "kind", type(error).__name__)
        result = {"ok": False, "kind": kind, "message": str(error)}
    return {**result, "ms": round((time.monotonic() - started_at) * 1000)}


def request(call: Dict[str, Any], index: int) -> Dict[str, Any]:
    query = {**call.get("query", {}), **({"n": index} if "staggerMs" in call else {})}
    given = {"params": query, "json": call.get("json"), "headers": call.get("headers")}
    options = {name: value for name, value in given.items() if value}
    method, path = call.get("method", "GET"), call.get("path", "/v1/items")
    return outcome(lambda: client.request(method, path, **options).data)


def request_all(call: Dict[str, Any]) -> Results:
    indexes = range(call.get("times", 1))
    if "staggerMs" not in call:
        return [request(call, index) for index in indexes]
    with ThreadPoolExecutor(len(indexes)) as pool:
        made = []
        for index in indexes:
            made.append(pool.submit(request, call, index))
            time.sleep(call["staggerMs"] / 1000)
        return [one.result() for one in made]


def write(call: Dict[str, Any]) -> Results:
    options = {name: call[name] for name in ("json", "key") if name in call}
    return [outcome(lambda: client.write("POST", "/v1/items", **options).data)]


def take(call: Dict[str, Any]) -> Results:
    def walk() -> int:
        records = 0
        for _ in client.paginate():
            records += 1
            if records == call["count"]:
                break
        return records

    return [outcome(walk)]


def wait(call: Dict[str, Any]) -> Results:
    time.sleep(call["ms"] / 1000)
    return []


def set_later(call: Dict[str, Any]) -> Results:
    threading.Timer(call["afterMs"] / 1000, lambda: config.update(call["config"])).start()
    return []


def step_clock(call: Dict[str, Any]) -> Results:
    clock = "monotonic" if call.get("isMonotonic") else "time"
    now = getattr(time, clock)
    setattr(time, clock, lambda: now() + call["stepMs"] / 1000)
    return []


def backoffs(call: Dict[str, Any]) -> Results:
    def fail() -> None:
        raise module.ApiError("unavailable", "on purpose", transient=True, status=call["status"])

    sleep = time.sleep
    time.sleep = lambda _: None  # the log tells the waits
    for _ in range(call["operations"]):
        outcome(lambda: module.with_retries(fail, True, time.monotonic() + 60))
    time.sleep = sleep
    return []


def bug(_: Dict[str, Any]) -> Results:
    attempts: List[int] = []

    def fail() -> None:
        attempts.append(1)
        raise TypeError("on purpose")

    end = outcome(lambda: module.with_retries(fail, True, float("inf")))
    return [outcome(lambda: {"attempts": len(attempts), "error": end["kind"]})]


def memory(_: Dict[str, Any]) -> Results:
    def measure() -> Dict[str, int]:
        gc.collect()
        used, peak = tracemalloc.get_traced_memory()
        return {"used": used, "peak": peak}

    if not tracemalloc.is_tracing():
        tracemalloc.start()
    return [outcome(measure)]


def upload(call: Dict[str, Any]) -> Results:
    file = io.BytesIO(b"once")
    body = {"data": file} if call["as"] == "data" else {"files": {"file": file}}
    return [outcome(lambda: client.request(call["method"], "/v1/items/item-0001", **body).data)]


DO = {
    "request": request_all,
    "write": write,
    "take": take,
    "wait": wait,
    "set": set_later,
    "clock": step_clock,
    "backoffs": backoffs,
    "bug": bug,
    "memory": memory,
    "upload": upload,
}
for call in json.loads(plan):
    for result in DO[call["do"]](call):
        print(json.dumps(result), flush=True)
