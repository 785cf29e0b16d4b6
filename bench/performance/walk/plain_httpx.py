"""The plain loop with httpx: no retries, no check of what comes, and httpx's own time limit."""

import httpx


class ApiClient:
    def __init__(self, config):
        self._url = f"{config['API_BASE_URL']}/v1/items"
        token = config["API_TOKEN"]
        headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        self._client = httpx.Client(headers=headers)

    def paginate(self):
        params = {"limit": 100}
        while True:
            response = self._client.get(self._url, params=params)
            response.raise_for_status()
            page = response.json()
            yield from page["items"]
            if not page["next_cursor"]:
                return
            params["cursor"] = page["next_cursor"]
