"""Search: words become tokens in which two languages and most slips meet, and tokens an order."""
