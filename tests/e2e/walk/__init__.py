"""The main job of the cluster, step by step, as the people do it on the pages."""
