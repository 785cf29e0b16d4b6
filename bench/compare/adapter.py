"""Stands for a generated file before the drivers: gives a peer's errors the names that the judges
know, and makes a script of it as anybody would, which prints records and lets errors end it.
"""

import importlib.util
import json
import os
import sys
from typing import Any, Dict

# The file of the peer, and its settings beside it.
sys.path.insert(0, os.path.dirname(os.environ["PEER_FILE"]))
spec = importlib.util.spec_from_file_location("peer", os.environ["PEER_FILE"])
assert spec and spec.loader
peer: Any = importlib.util.module_from_spec(spec)
spec.loader.exec_module(peer)


def kind_of(error: Exception) -> str:
    """What went wrong, in the terms of a generated client."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status is None:
        return "protocol" if isinstance(error, ValueError) else "unavailable"
    if status >= 500 or status == 408:
        return "unavailable"
    if status == 429:
        return "later"
    if status < 400:
        return "protocol"
    return "denied" if status in (401, 403) else "failed"


class ApiClient:
    def __init__(self, config: Dict[str, str]) -> None:
        self._client = peer.ApiClient(config)
        self.paginate = self._client.paginate

    def request(self, method: str, path: str, **options: Any) -> Any:
        try:
            return self._client.request(method, path, **options)
        except Exception as error:
            setattr(error, "kind", kind_of(error))
            raise


if __name__ == "__main__":
    for record in peer.ApiClient(dict(os.environ)).paginate():
        print(json.dumps(record))
