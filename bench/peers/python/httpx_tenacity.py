"""httpx with tenacity, and the Link headers that httpx reads:

https://www.python-httpx.org/quickstart/
https://tenacity.readthedocs.io/en/latest/#waiting-before-retrying
"""

from types import SimpleNamespace

import httpx
import settings
from tenacity import (
    retry,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

backoff = wait_random_exponential(multiplier=settings.base_delay, max=settings.max_delay)


def is_transient(error):
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in settings.transient_statuses
    return isinstance(error, httpx.TransportError)


def wait(state):
    """The seconds that the server asks for, or a random wait."""
    error = state.outcome.exception()
    after = getattr(error, "response", httpx.Response(200)).headers.get("Retry-After", "")
    return float(after) if after.isdigit() else backoff(state)


class ApiClient:
    def __init__(self, config):
        self._config = config
        self._client = httpx.Client(timeout=settings.timeout)

    @retry(
        retry=retry_if_exception(is_transient),
        wait=wait,
        stop=stop_after_attempt(settings.max_attempts),
        reraise=True,
    )
    def _send(self, method, url, params=None, headers=None, **options):
        own, key = settings.credentials(self._config)
        url = httpx.URL(url).copy_merge_params({**(params or {}), **key})
        response = self._client.request(method, url, headers={**(headers or {}), **own}, **options)
        response.raise_for_status()
        return response

    def request(self, method, path, **options):
        response = self._send(method, self._config["API_BASE_URL"] + path, **options)
        return SimpleNamespace(data=response.json() if response.content else None)

    def paginate(self):
        url, params = (
            self._config["API_BASE_URL"] + settings.path,
            {"per_page": settings.page_size},
        )
        while url:
            response = self._send("GET", url, params=params)
            yield from settings.records_of(response.json())
            link = response.links.get("next")
            url, params = link and response.url.join(link["url"]), {}
