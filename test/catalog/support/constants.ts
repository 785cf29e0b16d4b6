/** Reads the settings back from generated code, as the language itself understands them. */
import { spawnSync } from "node:child_process";
import { runInThisContext } from "node:vm";
import ts from "typescript";
import { ensurePython } from "../../../scripts/setup/python.mjs";

type Constants = Readonly<Record<string, unknown>>;

/** Throws where the code doesn't parse. */
export function javascriptConstants(code: string): Constants {
  const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true });
  const [first] = diagnostics;
  if (first) throw new SyntaxError(ts.flattenDiagnosticMessageText(first.messageText, " "));
  const file = ts.createSourceFile("client.mjs", code, ts.ScriptTarget.ESNext);
  const declarations = file.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => declarationList.declarations);
  return Object.fromEntries(
    declarations.flatMap(({ name, initializer }) =>
      initializer && ts.isLiteralExpression(initializer)
        ? [[name.getText(file), runInThisContext(initializer.getText(file)) as unknown]]
        : [],
    ),
  );
}

/** From bytes, so that a line that looks like a coding cookie would count as one. */
const READ = `
import ast, json, sys

def constants(code):
    tree = ast.parse(code.encode("utf-8"))
    return {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }

json.dump([constants(code) for code in json.load(sys.stdin)], sys.stdout)
`;

/** All files in one process; throws where one doesn't parse. */
export async function pythonConstants(codes: readonly string[]): Promise<readonly Constants[]> {
  const { status, stdout, stderr } = spawnSync(await ensurePython(), ["-c", READ], {
    input: JSON.stringify(codes),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new SyntaxError(stderr);
  return JSON.parse(stdout) as readonly Constants[];
}
