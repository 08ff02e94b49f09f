"""Sheets, registers and gazetteers as they come, read and cleaned; nothing here saves anything."""
