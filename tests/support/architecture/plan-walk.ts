import path from 'node:path';
import ts from 'typescript';

/** The plan’s document: what its hash is computed from. */
const PLAN_BODY = 'SyncPlanBody';

/** A function of the walk: where it is declared, and by which parameter it is given the plan or its hash. */
export interface Visit {
  readonly name: string;
  readonly file: string;
  readonly parameter: string;
}

/**
 * The functions that are given a plan or its hash on the way from a use-case to the receipt: every function under `within` that the entry reaches by
 * static calls and that has a parameter whose type is the plan, holds the plan in a property, or holds its hash.
 */
export function walkPlan(root: string, entry: { file: string; name: string }, within: string): Visit[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, 'server/tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  if (!config) throw new Error('server/tsconfig.json could not be read.');
  const program = ts.createProgram({ rootNames: [path.join(root, entry.file)], options: { ...config.options, noEmit: true, composite: false } });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path.join(root, entry.file));
  const first = source?.statements.find((node): node is ts.FunctionDeclaration => ts.isFunctionDeclaration(node) && node.name?.text === entry.name);
  if (!first) throw new Error(`${entry.file} has no function ${entry.name}.`);

  const reached = new Set<ts.FunctionDeclaration>();
  const visit = (declaration: ts.FunctionDeclaration): void => {
    if (reached.has(declaration)) return;
    reached.add(declaration);
    const follow = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) calledFunction(checker, node, path.join(root, within)).forEach(visit);
      ts.forEachChild(node, follow);
    };
    if (declaration.body) follow(declaration.body);
  };
  visit(first);

  return [...reached].flatMap((declaration) => {
    const parameter = declaration.parameters.find((one) => containsPlan(checker, checker.getTypeAtLocation(one)));
    if (!parameter) return [];
    const file = path.relative(root, declaration.getSourceFile().fileName);
    return [{ name: declaration.name?.text ?? '', file, parameter: parameter.name.getText() }];
  });
}

/** The declaration that an identifier names, when it is a function under `folder`: called, or passed on as a callback. */
function calledFunction(checker: ts.TypeChecker, node: ts.Identifier, folder: string): ts.FunctionDeclaration[] {
  const symbol = checker.getSymbolAtLocation(node);
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target?.declarations ?? []).filter(
    (one): one is ts.FunctionDeclaration => ts.isFunctionDeclaration(one) && one.getSourceFile().fileName.startsWith(folder),
  );
}

function containsPlan(checker: ts.TypeChecker, type: ts.Type): boolean {
  return isPlan(type) || partsOf(type).some((part) => part.getProperties().some((property) => isPlan(checker.getTypeOfSymbol(property))));
}

/** The plan’s document, or a type with its hash. */
function isPlan(type: ts.Type): boolean {
  return partsOf(type).some(
    (part) => part.aliasSymbol?.name === PLAN_BODY || part.getSymbol()?.name === PLAN_BODY || part.getProperty('hash') !== undefined,
  );
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnionOrIntersection() ? type.types : [type];
}
