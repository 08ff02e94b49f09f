"""The report “State of the ecosystem”: each chapter a module, put together by `writing`."""
