"""Trade with the tools of translators and terminologists."""
