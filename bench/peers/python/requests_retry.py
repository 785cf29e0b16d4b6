"""requests with urllib3's Retry, and the Link headers that requests reads:

https://requests.readthedocs.io/en/latest/user/advanced/#example-automatic-retries
https://requests.readthedocs.io/en/latest/user/advanced/#link-headers
https://urllib3.readthedocs.io/en/stable/reference/urllib3.util.html#urllib3.util.Retry
"""

from types import SimpleNamespace
from urllib.parse import urljoin

import requests
import settings
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


class ApiClient:
    def __init__(self, config):
        self._base = config["API_BASE_URL"]
        self._session = requests.Session()
        headers, self._session.params = settings.credentials(config)
        self._session.headers.update(headers)
        retries = Retry(
            total=settings.max_attempts - 1,
            backoff_factor=settings.base_delay,
            backoff_jitter=settings.base_delay,
            backoff_max=settings.max_delay,
            retry_after_max=settings.max_retry_after,
            status_forcelist=settings.transient_statuses,
        )
        self._session.mount("https://", HTTPAdapter(max_retries=retries))
        self._session.mount("http://", HTTPAdapter(max_retries=retries))

    def _send(self, method, url, **options):
        response = self._session.request(method, url, timeout=settings.timeout, **options)
        response.raise_for_status()
        return response

    def request(self, method, path, **options):
        response = self._send(method, self._base + path, **options)
        return SimpleNamespace(data=response.json() if response.content else None)

    def paginate(self):
        url, params = self._base + settings.path, {"per_page": settings.page_size}
        while url:
            response = self._send("GET", url, params=params)
            yield from settings.records_of(response.json())
            link = response.links.get("next")
            url, params = link and urljoin(response.url, link["url"]), {}
