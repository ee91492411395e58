"""True, false or unknown over facts: a condition is a fact's name, or `all`, `any`, `not`, `at_least` of conditions."""
