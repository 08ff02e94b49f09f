"""The colours of still maps: those of the page in its light theme (`tokens.css`)."""

SEA = "#f1ece4"
LAND = "#ffffff"
BORDER = "#8a8278"
INK = "#1e2226"
MUTED = "#565c63"
PAPER = "#faf7f2"
CLUSTER = "#9a4a17"
ON_CLUSTER = "#ffffff"
SERIES = (
    "#9a4a17", "#146663", "#0060a8", "#b8860b", "#a0387c", "#4d7c2a", "#5a4fa3", "#6b6f75",
)  # fmt: skip
SHADES = ("#d6ebe8", "#a3d0cb", "#66aca6", "#2f8480", "#0d5552")
LAYERS = {
    "mine": "#7d3a0f",
    "port": "#0060a8",
    "rail": "#1e2226",
    "corridor": "#a0387c",
    "energy": "#b8860b",
    "other": "#6b6f75",
}
