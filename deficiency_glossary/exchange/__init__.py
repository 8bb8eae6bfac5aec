"""Trade with other tools: what comes in and goes out."""
