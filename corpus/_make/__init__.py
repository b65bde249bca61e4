"""The workshop of the sample papers: sources in ``papers/``, laid out as text, Markdown, HTML, DOCX and PDF.

Read `markup` (how a source marks its citations), `paper` (what a source holds), then one file for each format.  `gold`
turns the same marks into the expected citations, and `links` into the expected graph.
"""
