import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { receiveLoraPart } from '#server/use-cases/studio/loras/receive-lora-part.ts';
import { loraPartInput } from '#shared/contracts/studio/lora-upload.ts';
import type { LoraPartInput } from '#shared/contracts/studio/lora-upload.ts';
import { LORA_PART_BYTES } from '#shared/domain/studio/loras/upload-sizes.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { readBodyBytes } from './body-bytes.ts';
import { requireIdentity } from './request-identity.ts';

type RouteDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'settings' | 'loraFiles'>;

const RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/;

/** `POST /lora-files/<name>` with `Content-Range: bytes FIRST-LAST/TOTAL` stores a part of a LoRA file; a whole file of GB would take longer than a request may. */
export function loraFileRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.post('/lora-files/:name', (request, response, next) => void takePart(deps, request, response).catch(next));
  return routes;
}

/** The operator is known before a byte of the file is read. */
async function takePart(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  requireAdmin(actor);
  const { length, ...part } = partOf(request);
  const bytes = await readBodyBytes(request, LORA_PART_BYTES);
  if (bytes.length !== length) throw wrongPart('content-range', 'does not fit the length of the part');
  response.status(200).json(await receiveLoraPart(deps, actor, { ...part, bytes }));
}

function partOf(request: Request): LoraPartInput & { readonly length: number } {
  const [, first, last, total] = RANGE.exec(request.get('content-range') ?? '') ?? [];
  if (first === undefined) throw wrongPart('content-range', 'must be “bytes FIRST-LAST/TOTAL”');
  const parsed = loraPartInput.safeParse({ fileName: request.params['name'], fileBytes: Number(total), offset: Number(first) });
  if (parsed.success) return { ...parsed.data, length: Number(last) - Number(first) + 1 };
  const [issue] = parsed.error.issues;
  throw wrongPart(issue?.path.join('.') ?? 'content-range', issue?.message ?? 'is invalid');
}

function wrongPart(field: string, problem: string): AppError {
  return new AppError('invalid_input', { message: `${field} ${problem}.`, remedy: 'Send the file from the page of LoRA.', field });
}
