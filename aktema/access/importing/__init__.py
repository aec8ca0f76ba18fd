"""Reading rows in from a file: upload, columns, dry run, one transaction, undo.

A slice declares an `ImportKind` and hangs its pages on its own blueprint by `views.add_pages`.
"""
