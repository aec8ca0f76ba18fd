"""Tables in files: reading what people upload, safely, and writing what they download, harmlessly."""

from aktema.core.tabular.model import FileRefused, Limits, Row, Table
from aktema.core.tabular.reading import read_table
from aktema.core.tabular.writing import neutralise, write_csv

__all__ = ["FileRefused", "Limits", "Row", "Table", "neutralise", "read_table", "write_csv"]
