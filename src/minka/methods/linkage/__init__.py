"""Record linkage of organisations: which rows of which sheets are one organisation.

Pure functions over plain values. `engine.resolve` is the way in; `training` fits its weights.
"""
