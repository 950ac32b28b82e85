/** JSON with sorted object keys and without undefined fields: equal values give equal text, so stored hashes of it stay comparable. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // One text is built up: plans of a whole network are tens of megabytes.
  let fields = '';
  for (const [key, field] of sortedEntries(value)) {
    if (field !== undefined) fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(field)}`;
  }
  return `{${fields}}`;
}

/** The fields of an object sorted by key, by UTF-16 code units. */
export function sortedEntries(value: object): [string, unknown][] {
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
