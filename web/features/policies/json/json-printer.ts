const LINE_MAX = 88;

/** Formats JSON: parts that fit in 88 characters stay on one line, the rest is indented by two spaces. Parses back to the same value. */
export function printJson(value: unknown, indent = ''): string {
  const short = oneLine(value);
  if (indent !== '' && short.length + indent.length <= LINE_MAX) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0) return `[\n${value.map((one) => `${inner}${printJson(one, inner)}`).join(',\n')}\n${indent}]`;
  const entries = entriesOf(value);
  if (entries.length === 0) return short;
  return `{\n${entries.map(([key, one]) => `${inner}${JSON.stringify(key)}: ${printJson(one, inner)}`).join(',\n')}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = entriesOf(value);
  return entries.length === 0 ? '{}' : `{ ${entries.map(([key, one]) => `${JSON.stringify(key)}: ${oneLine(one)}`).join(', ')} }`;
}

const entriesOf = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).filter(([, one]) => one !== undefined) : [];
