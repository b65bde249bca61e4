"""Writes the sample papers of this folder, and the gold for them, from their sources: ``python -m corpus.make``."""

from corpus._make.__main__ import main

if __name__ == "__main__":
    main()
