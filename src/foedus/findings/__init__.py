"""Findings: provisions judged on accounts, on a day."""
