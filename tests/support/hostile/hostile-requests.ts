import { hostileCalls } from './hostile-values.ts';

/** One request over a socket, as a stranger or as the operator. */
export interface HostileRequest {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isOperator: boolean;
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** A URL may have 8,192 bytes. */
const QUERY_MAX = 7_000;

/** Texts in places that are not a procedure's input: paths, queries, headers. */
const TEXTS = [
  '',
  '%',
  '%00',
  '%zz',
  '%ff%fe',
  '%c0%ae%c0%ae',
  '..%2f..',
  '%2e%2e',
  'a%0d%0ab',
  '%F0%9F%98%80',
  '%ED%A0%80',
  '0000-00-00',
  '0000-01-01',
  '9999-12-31',
  '10000-01-01',
  '2147483648',
  '-1',
  '1e3',
  '9'.repeat(400),
  'x'.repeat(2_000),
  ';',
  '//',
  '[]',
  '{}',
  '__proto__',
];
const HEADER_TEXTS = [
  '',
  ' ',
  'x'.repeat(4_000),
  '\u00ff\u00fe',
  ';;;',
  '=',
  '"',
  'a=b; a=c',
  '%00',
  'application/json',
  '*/*',
  '0',
  '-1',
  '{}',
  'null',
  ','.repeat(500),
];
const HEADERS = [
  'host',
  'cookie',
  'trpc-accept',
  'content-type',
  'accept',
  'accept-encoding',
  'last-event-id',
  'x-forwarded-host',
  'origin',
  'range',
  'if-none-match',
];
const ENTRY_POINTS = [
  '/',
  '/trpc/auth.status',
  '/ledger.ndjson?from=2026-01-01&to=2026-01-02',
  '/certificates/1/2026-01-01.json',
  '/auth/spotify/callback',
  '/readyz',
];

/** At least `atLeast` requests: every field of every contract, every entry point, every header, as a stranger and as the operator. */
export function hostileRequests(atLeast: number): HostileRequest[] {
  const base = [...procedureRequests(), ...addressRequests(), ...headerRequests()];
  const all = base.flatMap((request, at) => {
    const [asStranger, asOperator] = [
      { ...request, isOperator: false },
      { ...request, isOperator: true },
    ];
    // A stranger's input for an operator's procedure is not read, and an address means the same to both: a few of those are as good as all.
    if (request.for === 'everyone' || at % 15 === 0) return [asStranger, asOperator];
    return request.for === 'operator' ? [asOperator] : [asStranger];
  });
  if (all.length < atLeast) throw new Error(`Only ${all.length} hostile requests were generated from the contracts.`);
  return all;
}

/** `stranger` is a request for which it hardly matters who sends it. */
type Anonymous = Omit<HostileRequest, 'isOperator'> & { readonly for: 'everyone' | 'operator' | 'stranger' };

function procedureRequests(): Anonymous[] {
  return hostileCalls().map(({ path, type, isPublic, field, input }) => {
    const audience = isPublic ? 'everyone' : 'operator';
    const [text, name] = [JSON.stringify(input), `${path} ${field}`];
    const query = `/trpc/${path}?input=${encodeURIComponent(text)}`;
    if (type === 'query' && query.length < QUERY_MAX) return { name, method: 'GET', path: query, headers: {}, for: audience };
    return { name, method: 'POST', path: `/trpc/${path}`, headers: JSON_TYPE, body: text, for: audience };
  });
}

function addressRequests(): Anonymous[] {
  const places = [
    (text: string) => `/${text}`,
    (text: string) => `/trpc/${text}`,
    (text: string) => `/trpc/auth.status?input=${text}`,
    (text: string) => `/trpc/auth.status?batch=${text}`,
    (text: string) => `/trpc/operations.jobs.follow?lastEventId=1&connectionParams=${text}&input=${text || 'x'}`,
    (text: string) => `/certificates/${text}/2026-01-01.json`,
    (text: string) => `/certificates/1/${text}.json`,
    (text: string) => `/ledger.ndjson?from=${text}&to=${text}`,
    (text: string) => `/ledger.ndjson?from=2026-01-01&to=${text}&from=${text}`,
    (text: string) => `/auth/spotify?returnTo=${text}`,
    (text: string) => `/auth/spotify/connect?account=${text}`,
    (text: string) => `/auth/spotify/callback?state=${text}&code=${text}`,
    (text: string) => `/auth/spotify/connected?state=${text}&error=${text}`,
    (text: string) => `/assets/${text}`,
    (text: string) => `/sse?${text}`,
    (text: string) => `/s/${text}`,
    (text: string) => `/playlists/${text}`,
  ];
  const gets = places.flatMap((place) =>
    TEXTS.map((text): Anonymous => ({ name: place('…'), method: 'GET', path: place(text), headers: {}, for: 'stranger' })),
  );
  const tokens = TEXTS.map((text): Anonymous => ({
    name: 'reconnect token',
    method: 'POST',
    path: '/auth/spotify/reconnect',
    headers: JSON_TYPE,
    body: JSON.stringify({ token: decodeLoosely(text) }),
    for: 'stranger',
  }));
  return [...gets, ...tokens];
}

function headerRequests(): Anonymous[] {
  return ENTRY_POINTS.flatMap((path) =>
    HEADERS.flatMap((header) =>
      HEADER_TEXTS.map((text): Anonymous => ({ name: `${header} ${path}`, method: 'GET', path, headers: { [header]: text }, for: 'stranger' })),
    ),
  );
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Six megabytes of two million lists, which took seconds to check and gigabytes to hold. */
export function nestedLists(isOperator: boolean): HostileRequest {
  const body = `[${'[],'.repeat(2_000_000)}[]]`;
  return { name: 'nested lists', method: 'POST', path: '/trpc/catalog.submitImport', headers: JSON_TYPE, body, isOperator };
}
