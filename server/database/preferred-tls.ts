import net from 'node:net';
import { parseDatabaseUrl } from './address.ts';
import { connectLimitMs } from './session-settings.ts';

/** The protocol's SSLRequest: its length and code. The server answers with one byte, S or N. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PREFER = /(?<=[?&](?:sslmode|ssl)=)prefer(?=&|$)/;

/**
 * Replaces `sslmode=prefer` by what this server offers, so that both drivers do the same: TLS without verification, or none. Other addresses are
 * returned unchanged. When the server does not answer, the address keeps `prefer`, and connecting reports the reason.
 */
export async function resolvePreferredTls(url: string): Promise<string> {
  const { tls, host, port, connectTimeoutMs } = parseDatabaseUrl(url);
  if (tls.mode !== 'prefer') return url;
  const answer = await askForTls({ host, port }, connectLimitMs('migrations', connectTimeoutMs));
  return answer === undefined ? url : url.replace(PREFER, answer === 'S' ? 'no-verify' : 'disable');
}

function askForTls(address: { host: string; port: number }, limitMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    const finish = (answer?: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(limitMs, () => finish());
    socket.once('connect', () => socket.write(SSL_REQUEST));
    socket.once('data', (bytes) => finish(bytes.toString('latin1', 0, 1)));
    socket.once('error', () => finish());
    socket.once('end', () => finish());
  });
}
