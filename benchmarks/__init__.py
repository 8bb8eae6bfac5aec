"""How fast is it? `make bench` builds generated glossaries of several sizes and prints what it took."""
