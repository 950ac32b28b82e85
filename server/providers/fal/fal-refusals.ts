import { AppError } from '#shared/errors.ts';
import type { RenderRefusal } from '#shared/vocabulary.ts';
import { toVendorError } from '../http.ts';
import type { RawResponse } from '../http.ts';
import type { RenderProgress } from '../render-ports.ts';
import { inputOfWire } from '../wire-fields.ts';
import { FAL } from './fal-service.ts';
import { falErrorWire } from './wire.ts';
import type { FalError } from './wire.ts';

type Charged = 'no' | 'maybe' | 'yes';

const MESSAGES: Readonly<Record<RenderRefusal, string>> = {
  content: 'fal refused this picture because of its content.',
  credits: 'The fal account has no balance left.',
  invalid: 'fal does not accept one of the inputs.',
  input_unavailable: 'fal could not load a file that the request names, such as a picture or a LoRA.',
  nothing_made: 'The model made no picture.',
  failed: 'The model failed.',
  canceled: 'The request was canceled.',
  expired: 'fal no longer has the result: it keeps results for minutes only.',
};

/** Types of fal's model errors; others are failures of the model. */
const REASONS: Readonly<Record<string, RenderRefusal>> = {
  content_policy_violation: 'content',
  no_media_generated: 'nothing_made',
  ...reasons('input_unavailable', 'image_load_error file_download_error file_too_large unsupported_image_format image_too_small image_too_large'),
  ...reasons(
    'invalid',
    'missing value_error greater_than greater_than_equal less_than less_than_equal one_of extra_forbidden literal_error enum string_type int_type int_parsing float_type bool_type string_too_short string_too_long feature_not_supported',
  ),
};

/** A final refusal in our words. */
export function falRefusal(reason: RenderRefusal, charged: Charged, field?: string): RenderProgress & { kind: 'refused' } {
  return { kind: 'refused', reason, message: MESSAGES[reason], field, charged };
}

/** What an error status of a submit means. 4xx are final; throws for those about the key, the limit or the service. */
export function refusedSubmit(response: RawResponse, { endpoint, now }: { readonly endpoint: string; readonly now: Date }): RenderProgress {
  const { status } = response;
  const error = falErrorWire.safeParse(response.body).data;
  const text = typeof error?.detail === 'string' ? error.detail : '';
  if (status === 402 || (status === 403 && /balance|locked|top up/i.test(text))) return falRefusal('credits', 'no');
  if (status === 401 || status === 403) throw wrongKey(status);
  if (status === 422 || status === 400) return modelRefusal(error, { endpoint, charged: 'no' });
  throw withoutBody(response, now);
}

/** What an error status of a result means: the model's own error, which is final. 5xx are never charged, 422 may be. */
export function refusedResult(response: RawResponse, { endpoint, now }: { readonly endpoint: string; readonly now: Date }): RenderProgress {
  const { status } = response;
  const error = falErrorWire.safeParse(response.body).data;
  if (status === 400 && typeof error?.detail === 'string' && /in progress/i.test(error.detail)) return { kind: 'running', percent: null };
  if (status === 404 || status === 410) return falRefusal('expired', 'maybe');
  if (status === 401 || status === 403) throw wrongKey(status);
  const isOfModel = error?.error_type !== undefined || error?.detail !== undefined || response.headers['x-fal-error-type'] !== undefined;
  if (status >= 500 && isOfModel) return falRefusal('failed', 'no');
  if (status === 429 || status >= 500) throw withoutBody(response, now);
  return modelRefusal(error, { endpoint, charged: 'maybe' });
}

function modelRefusal(error: FalError | undefined, { endpoint, charged }: { readonly endpoint: string; readonly charged: Charged }): RenderProgress {
  const [first] = Array.isArray(error?.detail) ? error.detail : [];
  const wire = first?.loc.find((part) => part !== 'body');
  const field = inputOfWire('fal', endpoint, typeof wire === 'string' ? wire : undefined);
  return falRefusal(REASONS[first?.type ?? ''] ?? 'failed', charged, field);
}

function reasons(reason: RenderRefusal, types: string): Readonly<Record<string, RenderRefusal>> {
  return Object.fromEntries(types.split(' ').map((type) => [type, reason]));
}

function wrongKey(status: number): AppError {
  return new AppError('provider_rejected', {
    message: 'fal does not accept the API key.',
    remedy: 'Ask the operator to check FAL_KEY.',
    context: { kind: 'Rejected', status },
  });
}

/** The body may repeat the prompt, so it is not kept. */
const withoutBody = (response: RawResponse, now: Date) => toVendorError(FAL, { ...response, body: null }, now);
