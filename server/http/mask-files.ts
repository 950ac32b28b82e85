import type { Deps } from '#server/deps.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { storeMask } from '#server/use-cases/studio/masks/store-mask.ts';
import { maskOperations, storeMaskInput } from '#shared/contracts/studio/masks.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { readBodyBytes } from './body-bytes.ts';
import { requireIdentity } from './request-identity.ts';

type RouteDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'settings' | 'assets' | 'coverFiles'>;

/** A mask as large as an upload may be, and its steps. */
const FORM_BYTES_MAX = 12_000_000;

/** `POST /files/masks?of=<picture>` stores a mask of the person who is signed in. A form, so that the mask and its steps arrive together. */
export function maskFileRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.post('/files/masks', (request, response, next) => void takeMask(deps, request, response).catch(next));
  return routes;
}

/** The sender is known before a byte of the form is read. */
async function takeMask(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  assetOwner(actor);
  const picture = storeMaskInput.safeParse({ of: request.query['of'] });
  if (!picture.success) throw invalidForm('of', 'The address does not name the picture of the mask.');
  const form = await readForm(await readBodyBytes(request, FORM_BYTES_MAX), request.get('content-type') ?? '');
  const [mask, steps] = [form.get('mask'), form.get('operations') ?? '[]'];
  if (!(mask instanceof File)) throw invalidForm('mask', 'The form has no mask.');
  const operations = maskOperations.safeParse(typeof steps === 'string' ? jsonOf(steps) : undefined);
  if (!operations.success) throw invalidForm('operations', 'The steps of the mask cannot be read.');
  const file = new Uint8Array(await mask.arrayBuffer());
  response.status(201).json(await storeMask(deps, actor, { ...picture.data, file, operations: operations.data }));
}

/** Parsed by undici, as the answer of a fetch is. */
async function readForm(body: Buffer, type: string): Promise<FormData> {
  try {
    return await new globalThis.Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw invalidForm('mask', 'The form cannot be read.', cause);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalidForm(field: string, message: string, cause?: unknown): AppError {
  return new AppError('invalid_input', { message, remedy: 'Send the mask from the page of the studio.', field, cause });
}
