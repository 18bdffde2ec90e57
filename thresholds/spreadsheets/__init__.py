"""Packs as files that people edit: Excel, OpenDocument, CSV and YAML, written and read."""

from thresholds.spreadsheets.formats import FORMATS as FORMATS
from thresholds.spreadsheets.formats import Format as Format
from thresholds.spreadsheets.formats import export as export
from thresholds.spreadsheets.formats import export_folder as export_folder
from thresholds.spreadsheets.formats import read_folder as read_folder
from thresholds.spreadsheets.formats import read_upload as read_upload
