/** The IPv4 dotted quad at the end of a text. */
const QUAD = /(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const GROUP = /^[0-9a-f]{1,4}$/;
const GROUPS = 8;
/** The groups of a /64, the smallest network that one IPv6 customer gets (RFC 6177). */
const NETWORK_GROUPS = 4;
/** Every text that is not an address counts as one sender. */
const UNKNOWN = 'unknown';

/**
 * The sender that limits count by: an IPv4 address, or the /64 of an IPv6 address in full form. All spellings of one address give the same text;
 * an IPv4 address written as IPv6 (RFC 4291 §2.5.5, RFC 6052) is that IPv4 address. A port or zone is ignored.
 */
export function addressGroup(text: string): string {
  const bare = bareAddress(text.trim().toLowerCase());
  if (!bare.includes(':')) return quadBytes(bare, '')?.join('.') ?? UNKNOWN;
  const groups = expand(bare);
  if (!groups) return UNKNOWN;
  return embeddedQuad(groups) ?? `${groups.slice(0, NETWORK_GROUPS).map(toHex).join(':')}::/64`;
}

/** The address without brackets, port and zone: `[fe80::1%eth0]:80` is `fe80::1`. */
function bareAddress(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1];
  const withPort = /^([\d.]+):\d{1,5}$/.exec(text)?.[1];
  return (bracketed ?? withPort ?? text).replace(/%.*$/, '');
}

/** The eight numbers of an IPv6 address; undefined for any other text. */
function expand(address: string): number[] | undefined {
  const quad = quadBytes(address, ':');
  const [a = 0, b = 0, c = 0, d = 0] = quad ?? [];
  const plain = quad ? address.replace(QUAD, `${toHex(a * 256 + b)}:${toHex(c * 256 + d)}`) : address;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return groups.every((group) => GROUP.test(group)) ? groups.map((group) => Number.parseInt(group, 16)) : undefined;
}

/** The four bytes at the end of the text, which must start there or follow `before`; undefined when it has none or one exceeds 255. */
function quadBytes(text: string, before: string): number[] | undefined {
  const match = QUAD.exec(text);
  if (!match || !text.slice(0, match.index).endsWith(before) || (before === '' && match.index > 0)) return undefined;
  const bytes = match.slice(1).map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** The IPv4 address inside `::ffff:0:0/96` (mapped), `::ffff:0:0:0/96` (translated) or `64:ff9b::/96` (NAT64). */
function embeddedQuad(groups: readonly number[]): string | undefined {
  const prefix = groups.slice(0, 6).map(toHex).join(':');
  if (prefix !== '0:0:0:0:0:ffff' && prefix !== '0:0:0:0:ffff:0' && prefix !== '64:ff9b:0:0:0:0') return undefined;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function toHex(group: number): string {
  return group.toString(16);
}
