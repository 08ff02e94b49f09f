"""Shapes and places on the map: reading GeoJSON, projecting, binning, classing."""
