"""A plain loop around requests, as tutorials write it: it tries again what may be a passing fault,
doubles the wait, and obeys a Retry-After in seconds; the loop over cursors is one's own.
"""

import random
import time
from types import SimpleNamespace

import requests
import settings


class ApiClient:
    def __init__(self, config):
        self._config = config
        self._session = requests.Session()

    def request(self, method, path, params=None, headers=None, **options):
        for made in range(1, settings.max_attempts + 1):
            own, key = settings.credentials(self._config)
            after = ""
            try:
                response = self._session.request(
                    method,
                    self._config["API_BASE_URL"] + path,
                    params={**(params or {}), **key},
                    headers={**(headers or {}), **own},
                    timeout=settings.timeout,
                    **options,
                )
                if response.status_code not in settings.transient_statuses or made == settings.max_attempts:
                    response.raise_for_status()
                    return SimpleNamespace(data=response.json() if response.content else None)
                after = response.headers.get("Retry-After", "")
            except (requests.ConnectionError, requests.Timeout):
                if made == settings.max_attempts:
                    raise
            wait = random.uniform(0, min(settings.max_delay, settings.base_delay * 2 ** (made - 1)))
            time.sleep(float(after) if after.isdigit() else wait)
        raise AssertionError("the last attempt returns or raises")

    def paginate(self):
        cursor = None
        while True:
            query = {"limit": settings.page_size, **({"cursor": cursor} if cursor else {})}
            data = self.request("GET", settings.path, params=query).data
            yield from settings.records_of(data)
            cursor = data.get("next_cursor")
            if not cursor:
                return
