"""The translator's preview: the site on this machine, new at each save, with what is wrong beside the passage."""
