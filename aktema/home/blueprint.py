"""The slice's blueprint, on which all files of views hang their addresses."""

from flask import Blueprint

bp = Blueprint("home", __name__)
