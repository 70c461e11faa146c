"""What only shows when all reports lie side by side: repeated text, outcomes of targets, contradicting figures.

The rows of all reports are in one database on disk, the workspace, whether they are five or sixty thousand: SQL brings
together what may be compared, and pure functions judge it.
"""
