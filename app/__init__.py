"""The Planar application: the document, the training, and the window that shows both."""
