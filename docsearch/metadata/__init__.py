"""What a paper says of itself: `read_metadata` reads number, type, issuer, title, dates, signer and the other components.

The rules follow the layout that Nghị định 30/2020/NĐ-CP (Phụ lục I), Nghị định 78/2025/NĐ-CP (Điều 62 to 71) and the
Party's guides fix, and how that layout survives in text: two columns flattened in any order, table bars, markdown marks,
lines broken anywhere, OCR.
"""

from docsearch.metadata.paper import read_metadata

__all__ = ["read_metadata"]
