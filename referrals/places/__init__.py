"""Schools and postcodes from the published registers: to find a school, and to propose the area of a home."""
