"""The tables of the catalogue, as the list of steps that lead from an empty file to the present ones.

A step never changes once it was released; a new one is added at the end, and `PRAGMA user_version` counts those done.
Three rules shape the tables:

* Every fact hangs on `documents.key`, a small integer, so that a million citations stay small; the SHA-256 by which the
  world knows a document stands once.
* What is asked for by value (numbers, dates, relations, targets) has columns.  What is only ever read as a whole with
  its document (text, metadata with all evidence, outline, anaphora) is packed in `contents`.
* What would need counting at each question (who is cited how often, who is missing) is kept as counters in
  `directives`, written in the transaction that changes the links.
"""

from __future__ import annotations

APPLICATION_ID = 0x64637368  # "dcsh": marks the file as ours

_FIRST = """
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row a document: a distinct sequence of bytes, however many files hold it.
CREATE TABLE documents (
    key           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,      -- SHA-256 of the bytes
    format        TEXT NOT NULL,
    size          INTEGER NOT NULL,          -- bytes
    length        INTEGER NOT NULL,          -- code points of text
    citations     INTEGER NOT NULL,
    number        TEXT,
    number_key    TEXT,                      -- as `notation.number_key` folds it: for looking it up
    doctype       TEXT,
    issuer        TEXT,
    issued        TEXT,
    title         TEXT,
    directive     INTEGER REFERENCES directives (key),
    released      INTEGER NOT NULL DEFAULT 0, -- 1: a file let go of it; it goes at the end of the run if no other holds it
    relinked      INTEGER NOT NULL DEFAULT 0, -- 1: its links changed, its edges are still to be made
    reading       TEXT NOT NULL,             -- version of the reader that made the text
    understanding TEXT NOT NULL,             -- version of the columns that read the text; '' asks for it again
    name          TEXT NOT NULL              -- the file name that they were told
);
CREATE INDEX documents_directive ON documents (directive);
CREATE INDEX documents_understanding ON documents (understanding);
CREATE INDEX documents_number ON documents (number_key);
CREATE INDEX documents_doctype ON documents (doctype);
CREATE INDEX documents_released ON documents (key) WHERE released = 1;
CREATE INDEX documents_relinked ON documents (key) WHERE relinked = 1;

-- The heavy part of a document, apart so that lists of documents never touch it.
CREATE TABLE contents (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    text     BLOB NOT NULL,
    pages    BLOB NOT NULL,
    notes    BLOB NOT NULL,
    metadata BLOB NOT NULL,
    units    BLOB NOT NULL,
    asides   BLOB NOT NULL                   -- anaphora and aliases
);

-- One row a path.  A path that is not Unicode is kept as the bytes that it is.
CREATE TABLE files (
    path     TEXT PRIMARY KEY,
    folder   TEXT NOT NULL,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    settled  INTEGER NOT NULL,               -- 0: written so recently that a later change may show the same time
    state    TEXT NOT NULL,                  -- read, failed, skipped
    document INTEGER REFERENCES documents (key),
    reason   TEXT,
    tries    INTEGER NOT NULL,
    reading  TEXT NOT NULL                   -- version of the reader that tried
) WITHOUT ROWID;
CREATE INDEX files_folder ON files (folder);
CREATE INDEX files_document ON files (document);
CREATE INDEX files_state ON files (state) WHERE state <> 'read';

CREATE TABLE citations (
    document  INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx       INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    stop      INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    doctype   TEXT,
    number    TEXT,
    name      TEXT,
    issued    TEXT,
    issuer    TEXT,
    title     TEXT,
    pinpoint  TEXT,
    relation  TEXT NOT NULL,
    nested_in INTEGER,
    passive   INTEGER NOT NULL,
    partial   INTEGER NOT NULL,
    negated   INTEGER NOT NULL,
    certainty TEXT NOT NULL,
    spans     TEXT NOT NULL,
    flags     TEXT NOT NULL,
    PRIMARY KEY (document, idx)
) WITHOUT ROWID;

-- The smallest sets of mentions that are resolved together, by what they share (a folded number, a folded name).
CREATE TABLE blocks (
    key   INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE,
    dirty INTEGER NOT NULL
);
CREATE INDEX blocks_dirty ON blocks (key) WHERE dirty = 1;

CREATE TABLE mentions (
    block    INTEGER NOT NULL REFERENCES blocks (key),
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx      INTEGER NOT NULL,               -- -1: what the document says of itself
    doctype  TEXT,
    number   TEXT,
    name     TEXT,
    issued   TEXT,
    office   TEXT,
    place    TEXT,
    how      TEXT NOT NULL,
    title    TEXT,
    said     TEXT,
    near     TEXT,
    flags    TEXT NOT NULL,
    PRIMARY KEY (block, document, idx)
) WITHOUT ROWID;
CREATE INDEX mentions_document ON mentions (document);

CREATE TABLE directives (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    block      INTEGER,                      -- the block that defines it; NULL: only linked to
    doctype    TEXT,
    number     TEXT,
    number_key TEXT,
    ordinal    TEXT,
    name       TEXT,
    name_key   TEXT,
    issued     TEXT,
    office     TEXT,
    place      TEXT,
    title      TEXT,
    flags      TEXT NOT NULL,
    held       INTEGER NOT NULL DEFAULT 0,   -- documents that embody it
    citing     INTEGER NOT NULL DEFAULT 0,   -- documents that cite it
    cited      INTEGER NOT NULL DEFAULT 0    -- places where they do
);
CREATE INDEX directives_block ON directives (block);
CREATE INDEX directives_number ON directives (number_key);
CREATE INDEX directives_ordinal ON directives (ordinal);
CREATE INDEX directives_name ON directives (name_key);
CREATE INDEX directives_cited ON directives (citing DESC, id) WHERE citing > 0;
CREATE INDEX directives_missing ON directives (citing DESC, cited DESC, id) WHERE held = 0 AND citing > 0;

CREATE TABLE links (
    document   INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx        INTEGER NOT NULL,
    block      INTEGER NOT NULL,
    state      TEXT NOT NULL,
    directive  INTEGER REFERENCES directives (key),
    candidates TEXT NOT NULL,
    certainty  TEXT NOT NULL,
    reasons    TEXT NOT NULL,
    dated      INTEGER NOT NULL,             -- the citing document's date as yyyymmdd: newest first without a join
    PRIMARY KEY (block, document, idx)       -- a block is read and written as one
) WITHOUT ROWID;
CREATE UNIQUE INDEX links_document ON links (document, idx);
CREATE INDEX links_directive ON links (directive, dated DESC, document, idx);

-- Which directive does what to which, as a document says it.
CREATE TABLE edges (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx      INTEGER NOT NULL,
    seq      INTEGER NOT NULL,               -- one citation may give several
    source   INTEGER REFERENCES directives (key) ON DELETE CASCADE,
    target   INTEGER NOT NULL REFERENCES directives (key) ON DELETE CASCADE,
    relation TEXT NOT NULL,
    partial  INTEGER NOT NULL,
    dated    INTEGER NOT NULL,               -- as in links
    PRIMARY KEY (document, idx, seq)
) WITHOUT ROWID;
CREATE INDEX edges_source ON edges (source, relation);
CREATE INDEX edges_target ON edges (target, relation, dated DESC);

-- What the search engine still has to take in, written in the transaction that made it necessary.
CREATE TABLE outbox (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL,                  -- documents.id: the row itself may be gone
    removed  INTEGER NOT NULL
);
"""

_SECOND = """
-- Which papers were replaced, repealed or amended, without a look at every edge.
CREATE INDEX edges_ending ON edges (relation, target, source, partial) WHERE relation IN ('replaces', 'repeals', 'amends');
CREATE INDEX documents_issued ON documents (issued);
CREATE INDEX documents_issuer ON documents (issuer);
"""

_THIRD = """
-- NULL in these: entered before they were there; the next run fills them in.
ALTER TABLE documents ADD COLUMN words TEXT;    -- stands for all words of the text without marks, in whatever order
ALTER TABLE documents ADD COLUMN seal TEXT;     -- checksum of what was read in it, over all its tables
CREATE INDEX documents_words ON documents (words);
CREATE INDEX documents_title ON documents (title) WHERE title IS NOT NULL;
CREATE INDEX documents_unsealed ON documents (key) WHERE seal IS NULL;
CREATE INDEX directives_held ON directives (id) WHERE held > 1;
"""

_FOURTH = """
-- Which were suspended, too.  The condition of the question must be that of the index, word for word.
DROP INDEX edges_ending;
CREATE INDEX edges_ending ON edges (relation, target, source, partial)
    WHERE relation IN ('replaces', 'repeals', 'amends', 'suspends');
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH)
