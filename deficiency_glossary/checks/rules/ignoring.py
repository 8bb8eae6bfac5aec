"""The comments that silence a finding: is there a reason, and is there still a finding?"""

from __future__ import annotations

from deficiency_glossary.checks.rule import of_file

ignore_without_reason = of_file(
    "ignore-without-reason",
    "error",
    """An ignore that does not say why.
    Do: Write `# ignore: CODE – reason`.
    FAIL content/en/house.yaml: # ignore: double-space\\ntitle: A  house
    PASS content/en/house.yaml: # ignore: double-space – as on the title deed\\ntitle: A  house
    """,
)
unknown_ignore = of_file(
    "unknown-ignore",
    "error",
    """An ignore of a code that there is not, or of one that cannot be ignored: a file that cannot be read stays so.
    Do: Mend the code, or the file.
    FAIL content/en/house.yaml: # ignore: doubled-space – as on the title deed\\ntitle: A  house
    FAIL content/en/house.yaml: # ignore: unknown-key – we like it\\ntitel: House
    PASS content/en/house.yaml: # ignore: double-space – as on the title deed\\ntitle: A  house
    """,
)
unused_ignore = of_file(
    "unused-ignore",
    "warning",
    """An ignore that hides nothing any more.
    Do: Delete it.
    FAIL content/en/house.yaml: # ignore: double-space – as on the title deed\\ntitle: A house
    FAIL glossary.yaml: checks: {ignore: {double-space: {reason: Our editor likes them.}}}
    PASS content/en/house.yaml: title: A  house  # ignore: double-space – as on the title deed
    """,
)
