"""The least that reads all records: no time limit, no retries, no check of what comes."""

import requests


class ApiClient:
    def __init__(self, config, session=None):
        self._url = f"{config['API_BASE_URL']}/v1/items"
        self._session = session or requests.Session()
        token = config["API_TOKEN"]
        self._session.headers.update(
            {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        )

    def paginate(self):
        params = {"limit": 100}
        while True:
            response = self._session.get(self._url, params=params)
            response.raise_for_status()
            page = response.json()
            yield from page["items"]
            if not page["next_cursor"]:
                return
            params["cursor"] = page["next_cursor"]
