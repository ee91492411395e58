"""Briefs: findings and measures as prose with footnotes, in English, Arabic and Russian."""
