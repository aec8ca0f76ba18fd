"""The blueprint that every page file of the slice hangs its routes on; `views` lists them all."""

from flask import Blueprint

bp = Blueprint("pathway", __name__)
