"""Which names a piece of Python source needs, defines and imports.

Found from the compiled code, so a local variable that happens to share a name with something
global does not count.

Not here: finding the source (`learner_source`), keeping it (`keep`).
"""

import ast
import builtins
import dis
from types import CodeType

_LOADS = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"}


def needed_names(source: str) -> set[str]:
    """Names a source looks up outside itself, built-ins left out.

    Args:
        source: one or more statements.

    Raises:
        SyntaxError: it is not Python.
    """
    code = compile(source, "<kept>", "exec")
    inner = _loaded(code) - set(dir(builtins)) - {"__name__", "__module__"}
    return inner - defined_names(source)


def _loaded(code: CodeType) -> set[str]:
    instructions = list(dis.get_instructions(code))
    names = {str(i.argval) for i in instructions if i.opname in _LOADS}
    if code.co_name != "<module>":  # names that a class body sets for itself
        names -= {str(i.argval) for i in instructions if i.opname == "STORE_NAME"}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _loaded(constant)
    return names


def defined_names(source: str) -> set[str]:
    """Names that the top level of a source defines, assigns or imports."""
    names: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {bound_name(alias) for alias in node.names}
        else:
            stores = (n for n in ast.walk(node) if isinstance(n, ast.Name))
            names |= {n.id for n in stores if isinstance(n.ctx, ast.Store)}
    return names


def bound_name(alias: ast.alias) -> str:
    """The name an import binds: `import a.b` binds a, `import a.b as c` binds c."""
    return alias.asname or alias.name.split(".")[0]
