"""Structured logs with a request id. Routes and outcomes are logged; names, numbers and addresses with ids are not."""

import logging
import re
import sys
import time
import uuid

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

log = structlog.get_logger("aktema")


def configure(*, json_logs: bool) -> None:
    """One line per event on standard error, JSON in production and readable in the demo."""
    renderer = (
        structlog.processors.JSONRenderer() if json_logs else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _begin() -> None:
    offered = request.headers.get("X-Request-ID", "")
    g.request_id = offered if re.fullmatch(r"[A-Za-z0-9-]{8,64}", offered) else uuid.uuid4().hex
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    milliseconds = round((time.perf_counter() - g.began) * 1000) if "began" in g else 0
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint not in ("static", "public.health"):
        # The route, not the path: an invitation's path is a key, and an object's id says who was read.
        log.info(
            "request",
            id=g.get("request_id"),
            method=request.method,
            route=request.endpoint,
            status=response.status_code,
            ms=milliseconds,
        )
    return response


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)
