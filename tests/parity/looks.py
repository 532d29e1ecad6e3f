"""What the conditions of shared transitions look at: terms alone, never an amount."""

import ast


def looks(tree):
    """Names of what conditions of a tree test, but for skips that are identities."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.IfExp, ast.While, ast.Assert)):
            found += [ast.unparse(part) for part in unskipped(node.test)]
        if isinstance(node, ast.comprehension):
            found += [ast.unparse(test) for test in node.ifs]
        if isinstance(node, (ast.BoolOp, ast.Match)):
            found.append(ast.unparse(node).splitlines()[0])
    return found


def unskipped(test):
    """A condition, unless it is `x.some(...)`, `x.every(...)`, or `not` so."""
    text = ast.unparse(test).removeprefix("not ")
    skips = ("x.some(", "x.every(")
    return [] if text.startswith(skips) and text.count("(") <= 2 else [test]
