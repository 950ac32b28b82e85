import { AppError } from '#shared/errors.ts';

/** Hosts that serve LoRA files to fal. Segue itself never opens a link. */
export const LORA_HOSTS = ['huggingface.co', 'civitai.com', 'v3.fal.media', 'fal.media'] as const;

const LENGTH_MAX = 1_000;
/** Formats that run code when they are loaded, and archives of them. */
const PICKLE = /\.(?:ckpt|pt|pth|bin|pkl|pickle|zip|tar|gz|7z)$/i;
/** Parts of a query that carry a secret at the known hosts and elsewhere. */
const SECRET = /^(?:.*(?:token|secret|password|signature|credential|auth|api-?_?key).*|key|sig|x-amz-.*)$/i;
/** A name or an address, whole, with nothing of a login or a port. */
const LINK = /^https:\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?$/;
const PLAIN_HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)+$/;
const VISIBLE_ASCII = /^[!-~]+$/;

/**
 * A link to a LoRA file that a vendor may download: https, a host of the list, no login, port or secret in it, and no pickle. Throws `invalid_input`
 * with the reason. Read by a pattern, so that no other parser can see another host in it.
 */
export function readLoraLink(text: string): string {
  const link = text.trim();
  if (link.length > LENGTH_MAX) throw refused(`is longer than ${LENGTH_MAX} characters`, 'Use the file’s own link.');
  if (!VISIBLE_ASCII.test(link) || link.includes('\\')) throw refused('contains a character that a link cannot have', 'Copy the link again.');
  if (!/^https:/i.test(link)) throw refused('does not start with https://', 'Use the https link of the file.');
  const [, authority = '', path = '', query = ''] = LINK.exec(link.replace(/^https/i, 'https')) ?? [];
  if (authority === '') throw refused('is not a link to a file', 'Write it like https://huggingface.co/owner/name/resolve/main/file.safetensors.');
  if (authority.includes('@')) throw refused('contains a user name or password', 'Use a link that needs none.');
  const host = authority.toLowerCase();
  if (host.includes(':')) throw refused('names a port or a numeric address', `Use a link of ${LORA_HOSTS.join(', ')}.`);
  if (!PLAIN_HOST.test(host) || !LORA_HOSTS.some((each) => each === host))
    throw refused('is not of an allowed host', `Use a link of ${LORA_HOSTS.join(', ')}.`);
  const names = query.split('&').map((pair) => decoded(pair.split('=')[0] ?? ''));
  if (names.some((name) => SECRET.test(name)))
    throw refused(
      'contains a key or a token',
      'Remove it: a secret in a link would be stored and shown. Use a file that needs none, or a local file.',
    );
  if (PICKLE.test(decoded(path))) throw refused('names a file that can run code when it is loaded', 'Use a .safetensors file.');
  return `https://${host}${path}${query === '' ? '' : `?${query}`}`;
}

/** A percent sign that encodes nothing is itself. */
function decoded(text: string): string {
  return text.replaceAll(/%([\da-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function refused(what: string, remedy: string): AppError {
  return new AppError('invalid_input', { message: `The link ${what}.`, remedy, field: 'url' });
}
