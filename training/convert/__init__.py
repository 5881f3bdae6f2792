"""``python -m training convert``: a trained Mask R-CNN of torchvision's kind to a file that the page runs.

weights.py reads what a person has, architectures.py recognises and builds the network, graph.py exports it, quantise.py
makes it small and fast, verify.py compares it with PyTorch; convert.py is the order of these, cli.py the command.
"""
