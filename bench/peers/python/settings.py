"""What all peers are told alike; the defaults are those of a generated client."""

import json
import os

given = {
    "auth": "bearer",  # or "api-key-header", "api-key-query"
    "path": "/v1/items",
    "itemsField": "items",  # empty: the page is the array
    "pageSize": 100,
    "maxAttempts": 5,
    "baseDelayMs": 500,
    "maxDelayMs": 20_000,
    "maxRetryAfterMs": 120_000,
    "timeoutMs": 30_000,
    **json.loads(os.environ.get("PEER_SETTINGS", "{}")),
}
path, page_size, max_attempts = given["path"], given["pageSize"], given["maxAttempts"]
base_delay, max_delay = given["baseDelayMs"] / 1000, given["maxDelayMs"] / 1000
max_retry_after, timeout = given["maxRetryAfterMs"] / 1000, given["timeoutMs"] / 1000
transient_statuses = (408, 429, 500, 502, 503, 504)


def credentials(config):
    """The credentials that are current, as headers and as parameters of the query."""
    if given["auth"] == "bearer":
        return {"Authorization": f"Bearer {config['API_TOKEN']}"}, {}
    if given["auth"] == "api-key-header":
        return {"X-API-Key": config["API_KEY"]}, {}
    return {}, {"api_key": config["API_KEY"]}


def records_of(page):
    return page[given["itemsField"]] if given["itemsField"] else page
