"""The Planar application: the document, the training, and the window that shows both."""

__version__ = "0.1.0"
