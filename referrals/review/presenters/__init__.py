"""What the pages of the agency's desk show, in words."""
