"""Settings of the benchmark's Sphinx project."""

project = "Glossary"
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block"]
root_doc = "ms/README"
exclude_patterns = ["**/_index.md"]
templates_path = ["templates"]
html_theme = "basic"
html_baseurl = "https://glossary.example/"
html_context = {"locales": ["ms", "tr", "ko", "ja", "no"], "site": html_baseurl}
html_copy_source = False
html_use_index = False
html_permalinks = False
