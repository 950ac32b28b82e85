import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** What a vendor does with one request. Every kind but `busy` and `down` is paid for once it is drawn, unless the script says otherwise. */
export type Script =
  /** Draws a picture. */
  | 'draw'
  /** 429: nothing is taken. */
  | 'busy'
  /** 503: nothing is taken. */
  | 'down'
  /** Takes and draws it, then cuts the connection before the answer. */
  | 'cut'
  /** Refuses the words; not paid. */
  | 'refuse'
  /** Refuses the words; paid. */
  | 'refuse_paid'
  /** Draws it, but deletes the result before anybody fetches it. */
  | 'expire';

/** One request as the vendor's own bill shows it. */
export interface BillLine {
  readonly renderId: string;
  readonly requestId: string;
  readonly script: Script;
  isPaid: boolean;
}

interface VendorOptions {
  /** What to do with the n-th request, from 0. */
  readonly script?: (count: number, renderId: string) => Script;
  /** How long it draws, in milliseconds. */
  readonly drawMs?: number;
  /** It draws until `release`. */
  readonly isHeld?: boolean;
  readonly side?: number;
  /** The pictures that it answers with, in turn; default: flat ones of `side`, each different. */
  readonly pictures?: readonly Buffer[];
}

interface Order {
  readonly line: BillLine;
  readonly takenMs: number;
  isReleased: boolean;
  isDropped: boolean;
}

/** A vendor of pictures on loopback with a queue (`/queue`) and with answers in one request (`/direct`), and its bill. */
export async function startPaidVendor({ script = () => 'draw', drawMs = 0, isHeld = false, side = 48, pictures }: VendorOptions = {}) {
  const bill: BillLine[] = [];
  const orders = new Map<string, Order>();
  const holds = { isHeld, drawMs, script };
  const releases = new Set<() => void>();
  let count = 0;
  const isDrawn = (order: Order) => order.isReleased || (!holds.isHeld && performance.now() - order.takenMs >= holds.drawMs);
  const whenDrawn = async (order: Order) => {
    // A timer may fire a moment too early.
    const leftMs = () => holds.drawMs - (performance.now() - order.takenMs);
    while (!holds.isHeld && leftMs() > 0) await new Promise((resolve) => setTimeout(resolve, Math.max(1, leftMs())));
    while (!isDrawn(order)) await new Promise<void>((resolve) => releases.add(resolve));
  };
  const take = (renderId: string): Order => {
    const kind = holds.script(count, renderId);
    count += 1;
    const line = { renderId, requestId: `r${count}`, script: kind, isPaid: false };
    bill.push(line);
    const order = { line, takenMs: performance.now(), isReleased: false, isDropped: false };
    orders.set(line.requestId, order);
    return order;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [, way = '', id = '', action] = (request.url ?? '').split('/');
    const body = await textOf(request);
    const send = (status: number, value: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const sendPicture = ({ png, seed }: Drawn) => response.writeHead(200, { 'content-type': 'image/png', 'x-seed': seed }).end(png);
    if (id === '') {
      const order = take((JSON.parse(body) as { renderId: string }).renderId);
      const { line } = order;
      if (line.script === 'busy' || line.script === 'down') return send(line.script === 'busy' ? 429 : 503, {});
      if (way === 'queue') {
        if (line.script === 'cut') {
          line.isPaid = true;
          return request.socket.destroy();
        }
        return send(200, { requestId: line.requestId });
      }
      await whenDrawn(order);
      line.isPaid = line.script !== 'refuse';
      if (line.script === 'cut') return request.socket.destroy();
      if (line.script.startsWith('refuse')) return send(403, { paid: line.isPaid });
      return sendPicture(await resultOf(line, { side, pictures }));
    }
    const order = orders.get(id);
    if (!order || order.isDropped) return send(404, {});
    if (action === 'cancel') {
      if (isDrawn(order) || order.line.isPaid) return send(409, {});
      order.isDropped = true;
      return send(200, {});
    }
    if (!isDrawn(order)) return send(202, { position: [...orders.values()].filter((each) => !isDrawn(each) && !each.isDropped).indexOf(order) });
    order.line.isPaid = order.line.script !== 'refuse';
    if (order.line.script === 'expire') return send(410, {});
    if (order.line.script.startsWith('refuse')) return send(403, { paid: order.line.isPaid });
    return sendPicture(await resultOf(order.line, { side, pictures }));
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bill,
    /** The requests that the vendor charges for. */
    paid: () => bill.filter((line) => line.isPaid),
    /** Ends all drawing, and draws at once from now on. */
    release: () => {
      holds.isHeld = false;
      holds.drawMs = 0;
      for (const order of orders.values()) order.isReleased = true;
      for (const wake of releases) wake();
      releases.clear();
    },
    setScript: (next: NonNullable<VendorOptions['script']>) => void (holds.script = next),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Drawn {
  readonly png: Buffer;
  readonly seed: string;
}

/** A picture of its own for every request. */
async function resultOf({ requestId }: BillLine, { side, pictures }: { side: number; pictures: readonly Buffer[] | undefined }): Promise<Drawn> {
  const number = Number(requestId.slice(1));
  const seed = String(number);
  const picture = pictures?.[number % pictures.length];
  if (picture) return { png: picture, seed };
  const background = { r: number % 256, g: (number * 7) % 256, b: Math.floor(number / 256) };
  const png = await sharp({ create: { width: side, height: side, channels: 3, background } })
    .png()
    .withMetadata({ exif: { IFD0: { Copyright: 'the vendor' } } })
    .toBuffer();
  return { png, seed };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
