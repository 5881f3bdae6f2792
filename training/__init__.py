"""Datasets -> training -> ONNX -> metrics for the Defect Inspector's models."""
