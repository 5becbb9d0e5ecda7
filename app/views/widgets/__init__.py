"""Controls that several views share; they know nothing of the document.

Setting a value by code never emits: only what a person does is told.
"""
