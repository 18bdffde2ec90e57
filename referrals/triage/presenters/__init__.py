"""What the pages of the front door's desk show, in words."""
