"""What the desk asks and does: its password, who is at it, the issues and files that it lists, and its subscribers."""
