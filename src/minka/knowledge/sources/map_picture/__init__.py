"""The map as a still picture, for reports and for pages without scripts."""

from minka.knowledge.sources.map_picture.drawing import map_png, map_svg

__all__ = ["map_png", "map_svg"]
