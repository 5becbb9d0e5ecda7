"""The left column: data, network, training. Panels show the document and send commands."""
