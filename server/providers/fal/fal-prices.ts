import { z } from 'zod';
import { parseResponse, sendRequest, toVendorError } from '../http.ts';
import type { PriceList } from '../render-ports.ts';
import { createResilience } from '../resilience.ts';
import type { FalConfig } from './create-fal.ts';
import { FAL } from './fal-service.ts';

const API_ORIGIN = 'https://api.fal.ai';
const TIMEOUT_MS = 30_000;
/** fal takes one to fifty endpoints at a time. */
const ENDPOINTS_MAX = 50;

const pricesWire = z.object({
  prices: z.array(z.object({ endpoint_id: z.string().max(300), unit_price: z.number(), unit: z.string().max(100), currency: z.string().max(20) })),
});

/** fal's list of prices: `GET /v1/models/pricing?endpoint_id=…`, with the key, because an account may have prices of its own. */
export function createFalPrices({ url, apiKey, budget, now, resilience }: FalConfig): PriceList {
  const policy = createResilience({ timeoutMs: TIMEOUT_MS, ...resilience, vendor: FAL, budget, now });
  const read = (endpoints: readonly string[], signal: AbortSignal) =>
    policy.run({
      idempotent: true,
      signal,
      attempt: async (attemptSignal) => {
        const query = new URLSearchParams(endpoints.map((endpoint): [string, string] => ['endpoint_id', endpoint]));
        const address = `${url?.replace(/\/+$/, '') ?? API_ORIGIN}/v1/models/pricing?${query.toString()}`;
        const response = await sendRequest(FAL, { method: 'GET', url: address, headers: { authorization: `Key ${apiKey}` }, signal: attemptSignal });
        if (response.status !== 200) throw toVendorError(FAL, response, now());
        return parseResponse(FAL, pricesWire, response).prices;
      },
    });
  return {
    listPrices: async (endpoints, signal) => {
      const pages = Array.from({ length: Math.ceil(endpoints.length / ENDPOINTS_MAX) }, (_, page) =>
        endpoints.slice(page * ENDPOINTS_MAX, (page + 1) * ENDPOINTS_MAX),
      );
      const prices = [];
      for (const page of pages) prices.push(...(await read(page, signal)));
      return prices.map(({ endpoint_id: endpoint, unit_price: unitPrice, unit, currency }) => ({ endpoint, unitPrice, unit, currency }));
    },
  };
}
