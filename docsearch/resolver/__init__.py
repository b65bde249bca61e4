"""From citations to directives: who issued what is cited, which directive it is, whether we hold it.

Four steps, each a pure function:

1. `mentions` grounds the citations of one document: the issuer of each becomes an `Office`, short forms are completed from
   the full forms in the same document.  The document's own identity is the mention with index -1.
2. `block_keys` says in which blocks a mention counts: mentions that could mean one directive share a block.  The first key
   is its own block, the one that links it; a further key makes it a witness there (a law cited with name and number tells
   the block of the name which number the name has).
3. `resolve_block` links the mentions of one block.  Its answer depends on the *set* of mentions and on nothing else, so
   a graph is the same in whatever order documents came, and a change touches only the blocks of the changed mentions.
4. `edges` reads off, for one document, which directive does what to which.

To keep an archive current: when a document comes, changes or goes, take the block keys of its old and new mentions; for
each key fetch *all* mentions that have the key (own or witness) and call `resolve_block(key, mentions)`; store the links
and the directives it returns in place of those of that key; then call `edges` again for each document one of whose links
changed.  A block that has no mentions left has no links and no directives.
"""

from __future__ import annotations

from docsearch.resolver.blocks import Resolution, block_keys, resolve, resolve_block
from docsearch.resolver.edges import edges
from docsearch.resolver.grounding import mentions

__all__ = ["Resolution", "block_keys", "edges", "mentions", "resolve", "resolve_block"]
