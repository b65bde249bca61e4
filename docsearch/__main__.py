"""``python -m docsearch``: the same as the command ``docsearch``."""

from docsearch.cli import main

if __name__ == "__main__":
    main()
