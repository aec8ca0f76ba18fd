"""The slice's blueprint, on which both files of views hang their addresses."""

from flask import Blueprint

bp = Blueprint("employers", __name__)
