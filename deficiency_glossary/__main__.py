"""`python -m deficiency_glossary`: the command line."""

from deficiency_glossary.cli import main

if __name__ == "__main__":
    main()
