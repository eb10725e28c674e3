"""The rules: pure functions over plain values, each with its law, bylaw or practice in the docstring.

They know the standard library, the errors and the language of the run; never the book, the clock or a file.
"""
