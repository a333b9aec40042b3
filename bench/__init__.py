"""Benchmarks against public peers: ratios taken side by side in one run. `python -m bench` prints and writes them."""
