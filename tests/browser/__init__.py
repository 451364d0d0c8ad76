"""Tests that use JupyterLab in Chromium, as a person would."""
