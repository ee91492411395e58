"""The law of pacts: parties, articles, provisions, organs; what is in force on a day, and for whom."""
