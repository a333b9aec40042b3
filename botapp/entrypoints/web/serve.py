"""What gunicorn calls: the WSGI application with services opened in the serving process."""

from flask import Flask

from botapp.bootstrap import web_services
from botapp.config import Settings
from botapp.entrypoints.web.app import create_app
from botapp.log import configure_logging


def app() -> Flask:
    """One application per worker process."""
    settings = Settings()
    configure_logging(settings.log_level)
    return create_app(web_services(settings))
