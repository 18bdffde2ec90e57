"""A pack as tables that people edit in a spreadsheet: a sheet a part, a row an item. Pure: it opens no file."""
