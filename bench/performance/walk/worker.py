"""Walks pages with a client whenever it is told to: `python worker.py CLIENT`, and on stdin a walk a
line. It lasts for many walks, so that none pays for a start.
"""

import gc
import importlib
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(sys.argv[1]))
module = importlib.import_module(os.path.splitext(os.path.basename(sys.argv[1]))[0])
clients = {}


def client_of(base):
    if base not in clients:
        clients[base] = module.ApiClient({"API_BASE_URL": base, "API_TOKEN": "a-token"})
    return clients[base]


def memory_now():
    """Without what could be let go; None where the system doesn't tell."""
    gc.collect()
    try:
        with open("/proc/self/statm") as file:
            rss = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        rss = None
    return {"rss": rss}


def run(base, pauseMs=0, sampleAt=()):
    client = client_of(base)
    memory, pages, records = [], 0, 0
    cpu = time.process_time()
    started_at = time.perf_counter()
    for record in client.paginate():
        records += 1
        if record["id"] > 0:
            continue
        pages += 1
        if pauseMs > 0:
            time.sleep(pauseMs / 1000)
        if pages in sampleAt:
            memory.append({"pages": pages, **memory_now()})
    ms = (time.perf_counter() - started_at) * 1000
    cpu_ms = (time.process_time() - cpu) * 1000
    return {"pages": pages, "records": records, "ms": ms, "cpuMs": cpu_ms, "memory": memory}


for line in sys.stdin:
    print(json.dumps(run(**json.loads(line))), flush=True)
