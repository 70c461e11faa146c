"""What a text is: its reports, the kind, title, place and date of each, and the outline with the time of every part."""
