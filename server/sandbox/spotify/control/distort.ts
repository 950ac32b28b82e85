import type { HttpResponse } from '../responses.ts';
import type { Distortion } from './faults.ts';
import { snapshotId } from '../state/playlist-store.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

type Json = Record<string, unknown>;

/** Distorts a successful response. Bodies that are not JSON objects stay unchanged. */
export function distort(sandbox: SandboxContext, answer: HttpResponse, how: Distortion): HttpResponse {
  if (typeof answer.body !== 'string' || answer.status >= 300) return answer;
  if (how === 'malformed_json') return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
  if (how === 'null_body') return { ...answer, body: 'null' };
  const parsed: unknown = JSON.parse(answer.body);
  if (!isObject(parsed)) return answer;
  if (how === 'stale_snapshot') makeStale(sandbox, parsed);
  else for (const list of listsOf(parsed)) DISTORT_LIST[how](list);
  return { ...answer, body: JSON.stringify(parsed) };
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paging objects of a response: the body itself, or those one level below. */
function listsOf(body: Json): (Json & { items: unknown[] })[] {
  return [body, ...Object.values(body)].filter((one): one is Json & { items: unknown[] } => isObject(one) && Array.isArray(one['items']));
}

const DISTORT_LIST: Readonly<
  Record<Exclude<Distortion, 'malformed_json' | 'null_body' | 'stale_snapshot'>, (list: Json & { items: unknown[] }) => void>
> = {
  null_item: (list) => {
    const [first] = list.items;
    if (isObject(first) && 'added_at' in first)
      list.items[0] = { ...first, ...('item' in first ? { item: null } : {}), ...('track' in first ? { track: null } : {}) };
    else if (list.items.length > 0) list.items[0] = null;
  },
  local_item: (list) => {
    const [first] = list.items;
    if (!isObject(first)) return;
    const inner = isObject(first['item']) ? first['item'] : isObject(first['track']) ? first['track'] : first;
    const local = { ...inner, id: null, href: null, external_urls: {}, is_local: true, uri: 'spotify:local:Somebody:Demos:Kitchen+Tape:187' };
    if (inner === first) list.items[0] = local;
    else list.items[0] = { ...first, is_local: true, ...('item' in first ? { item: local } : {}), ...('track' in first ? { track: local } : {}) };
  },
  shrink_page: (list) => {
    list.items.pop();
    list['next'] = null;
  },
  repeat_page: (list) => {
    if (list.items.length > 1) list.items[list.items.length - 1] = list.items[0];
  },
  total_too_high: (list) => {
    list['total'] = Number(list['total']) + 3;
  },
};

function makeStale(sandbox: SandboxContext, body: Json): void {
  const playlist = sandbox.state.playlists.get(String(body['id']));
  if (playlist) body['snapshot_id'] = snapshotId(playlist, Math.max(1, playlist.revision - 1));
}
