"""What nbformat would load to check international web addresses, of which notebooks have none.

That takes a second, in every process that reads a notebook. Without it the check is left out.
"""

raise ImportError
