"""The parts of the demonstration, in the order in which a cluster lives them.

Each goes through the same actions as people do, so that the demonstration can show nothing that
the product cannot.
"""
