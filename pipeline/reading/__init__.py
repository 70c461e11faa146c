"""From the text of a report to what it states: numerals, statements, and the structures that are more than sentences."""
