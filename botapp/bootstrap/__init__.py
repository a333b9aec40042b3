"""The only composition root. `web_services` is light; `worker_services` alone imports graphs and engines."""

from botapp.bootstrap.shared import (
    FirstRun,
    channels,
    connect_slack,
    ensure_workspace,
    readiness,
    services,
    slack_connector,
    slack_manifest,
)
from botapp.bootstrap.web import WebServices, WebSettings, web_services
from botapp.bootstrap.worker import worker_services

__all__ = (
    "FirstRun",
    "WebServices",
    "WebSettings",
    "channels",
    "connect_slack",
    "ensure_workspace",
    "readiness",
    "services",
    "slack_connector",
    "slack_manifest",
    "web_services",
    "worker_services",
)
