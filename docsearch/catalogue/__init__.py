"""The facts of an archive: documents, units, citations, directives, links.  SQL lives here and nowhere else.

schema     the tables, as versioned steps
database   one SQLite file: statements in, tuples out, errors made ours
codec      records to columns and back
files, documents, graph, answers, outbox    one group of tables or questions each
catalogue  all of them as one
"""

from __future__ import annotations

from docsearch.catalogue.catalogue import Catalogue

__all__ = ["Catalogue"]
