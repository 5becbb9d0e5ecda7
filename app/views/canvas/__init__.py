"""The canvas: the points over the decision boundary, and the tools that draw them."""
