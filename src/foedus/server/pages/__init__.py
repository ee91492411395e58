"""One page a file. Each takes its links and what it was asked, calls the verbs, and gives HTML; none adds a rule of its own."""
