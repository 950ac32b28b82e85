/** One change of a JSON value: where, and the value after it. */
export interface JsonChange {
  readonly what: string;
  readonly value: unknown;
}

/** Every single change of a JSON value: each leaf changed, each field and item removed, one field or item added to each object and list. */
export function* walkJson(value: unknown, at = ''): Generator<JsonChange> {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    yield { what: `${at}[] added`, value: [...items, items.at(-1)] };
    for (const [index, item] of items.entries()) {
      yield { what: `${at}[${index}] removed`, value: items.toSpliced(index, 1) };
      for (const change of walkJson(item, `${at}[${index}]`)) yield { what: change.what, value: items.with(index, change.value) };
    }
    return;
  }
  if (typeof value === 'object' && value !== null) {
    yield { what: `${at}.extra added`, value: { ...value, extra: 'x' } };
    for (const [name, field] of Object.entries(value)) {
      const { [name]: _removed, ...rest } = value as Record<string, unknown>;
      yield { what: `${at}.${name} removed`, value: rest };
      for (const change of walkJson(field, `${at}.${name}`)) yield { what: change.what, value: { ...value, [name]: change.value } };
    }
    return;
  }
  yield { what: `${at} changed`, value: otherValue(value) };
}

/** Another value of the same form, so that the schema alone does not refuse it. */
function otherValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (value === null) return '2026-11-30';
  if (typeof value !== 'string') return !value;
  if (/^\d{4}-\d\d-\d\d/.test(value)) return value.replace(/^\d{4}/, (year) => String(Number(year) + 1));
  if (/^[0-9a-f-]{36,}$/.test(value)) return value.slice(0, -1) + (value.endsWith('0') ? '1' : '0');
  const others = ['network', 'playlist', 'policy', 'curation', 'policy pin', 'list pin'];
  const known = others.indexOf(value);
  return known < 0 ? `${value}x` : others[known === 2 || known === 5 ? known - 1 : known + 1];
}
