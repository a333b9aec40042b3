"""Tests in a real browser. A package, so that one Chromium and one stack last as long as its tests and no longer."""
