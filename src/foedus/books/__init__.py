"""The pact book as a book: what it covers, how it is exported and cited, and where it differs from the data sets of others."""
