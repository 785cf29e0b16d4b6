"""The plain loop with httpx: no retries, no check of what comes, and httpx's own time limit."""

import httpx
import plain


class ApiClient(plain.ApiClient):
    def __init__(self, config):
        super().__init__(config, httpx.Client())
