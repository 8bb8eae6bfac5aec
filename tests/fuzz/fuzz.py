"""Coverage-guided fuzzing: `python tests/fuzz/fuzz.py -max_total_time=1200 tests/fuzz/corpus`.

Needs atheris (PyPI), which has wheels for Linux. Options are libFuzzer's; new inputs go to the first folder named. An
input that broke something belongs into tests/fuzz/corpus, where the tests try it for ever after.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["deficiency_glossary", "targets"]):
    import targets

if __name__ == "__main__":
    atheris.Setup(sys.argv, targets.one)
    atheris.Fuzz()
