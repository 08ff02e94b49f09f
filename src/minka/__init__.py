"""Minka: the open, self-hosted platform of an industrial cluster."""
