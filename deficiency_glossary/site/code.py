"""Which code this is; see `library.code`."""

from deficiency_glossary.library.code import digest as digest
