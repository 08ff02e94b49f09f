"""The decision pack of a kept version: what is said in it, and its PDF."""
