/** An HTTP response. A string body is sent unchanged. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' } as const;

export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: JSON_TYPE, body: JSON.stringify(value) };
}

export function text(status: number, body: string, type = 'text/plain; charset=utf-8'): HttpResponse {
  return { status, headers: { 'content-type': type }, body };
}

export function empty(status: number): HttpResponse {
  return { status, headers: {} };
}

/** Thrown by handlers to send an error response. */
export class HttpError extends Error {
  readonly answer: HttpResponse;

  constructor(answer: HttpResponse) {
    super(`rejected with ${answer.status}`);
    this.answer = answer;
  }
}

/** Spotify's regular error object. */
export function spotifyError(status: number, message: string): HttpError {
  return new HttpError(json(status, { error: { status, message } }));
}

/** The accounts service's error object (RFC 6749). */
export function oauthError(status: number, error: string, description: string): HttpError {
  return new HttpError(json(status, { error, error_description: description }));
}

/** The response of a closed endpoint in development mode. */
export const FORBIDDEN = json(403, { error: { status: 403, message: 'Forbidden' } });
/** The response of the audio-feature endpoints since November 2024, without a message. */
export const FORBIDDEN_WITHOUT_MESSAGE = json(403, { error: { status: 403 } });
export const NOT_FOUND = json(404, { error: { status: 404, message: 'Not Found' } });
