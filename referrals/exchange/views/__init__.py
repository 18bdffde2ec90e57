"""The interface for other systems, and the page on which a front door's manager connects one."""
