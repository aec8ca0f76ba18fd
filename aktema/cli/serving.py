"""`demo` and `serve`: the web server, on a demo municipality of our own or on the installation's database."""

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import create_server

from aktema.app import create_app
from aktema.cli.installation import demo_settings, installation_settings, prepare_database
from aktema.core import delivery, jobs
from aktema.core.db import reading
from aktema.core.settings import Settings
from aktema.matching.current import current_index

THREADS = 8


def add_to(commands: "_SubParsersAction[Any]") -> None:
    demo = commands.add_parser("demo", help="serve a living demo municipality")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--folder", type=Path, help="where the demo's database lies")
    demo.set_defaults(command=run_demo)
    serve = commands.add_parser("serve", help="serve the installation that the environment describes")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(command=run_serve)


def run_demo(arguments: Namespace) -> int:
    from aktema.demo.municipality import fill, sign_ins

    app = create_app(demo_settings(arguments.folder, arguments.port))
    with app.app_context():
        prepare_database()
        fill(progress=lambda line: print(line, flush=True))
        for line in sign_ins():
            print(line)
    return _serve(app, "127.0.0.1", arguments.port)


def run_serve(arguments: Namespace) -> int:
    app = create_app(installation_settings())
    return _serve(app, arguments.host, arguments.port)


def _serve(app: Flask, host: str, port: int) -> int:
    settings: Settings = app.extensions["settings"]
    with app.app_context(), reading():
        current_index()  # built before the first coach asks for suggestions
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident="aktema", trusted_proxy=None)
    except OSError:
        print(f"Port {port} is taken. Choose another one with --port.")
        return 2
    if settings.background_jobs:
        jobs.Worker(app).start()
        delivery.Postman(app).start()
    print(f"Aktema is open at http://{host}:{port} (stop with Ctrl+C)", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        print("Stopped.")
    return 0
