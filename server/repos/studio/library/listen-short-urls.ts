import type { Pool } from 'pg';

interface ShortUrlListener {
  /** The link of this code has changed. */
  readonly onChange: (code: string) => void;
  /** The connection is gone; nothing is told any more. */
  readonly onLost: () => void;
}

/**
 * Listens for changed short links on a connection of its own, and returns the function that ends it. It does not reconnect: postgres.js would, but it does
 * not tell that a connection is lost, and what was remembered is worth nothing from that moment on.
 */
export async function listenShortUrls(pool: Pool, { onChange, onLost }: ShortUrlListener): Promise<() => void> {
  const client = await pool.connect();
  let isOpen = true;
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    onLost();
    client.release(true);
  };
  client.on('notification', ({ payload }) => (isOpen ? onChange(payload ?? '') : undefined));
  client.on('error', end);
  client.on('end', end);
  try {
    await client.query('listen segue_short_urls');
    return end;
  } catch (error) {
    end();
    throw error;
  }
}
