"""The browser edition: the course in JupyterLite, a site of plain files with nothing to install.

In: the learners' notebooks, this package as a wheel, and a Python made for browsers.
Out: a folder that any web server can show, from which no request goes elsewhere.
Begin with `lite_site`, which puts it together; `pyodide` gathers the Python.

Not here: what a browser's kernel lacks, met where it is needed (`annkit.exercises`).
"""
