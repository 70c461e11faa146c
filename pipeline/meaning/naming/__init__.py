"""Names and definitions of indicators in two languages."""
