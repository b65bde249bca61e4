"""What is done to an archive and to files, how often, and whether anything was lost: `python -m bench.faults`."""
