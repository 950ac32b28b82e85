/** An HTTP response. A string body is sent unchanged. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' } as const;

export function json(status: number, value: unknown): Answer {
  return { status, headers: JSON_TYPE, body: JSON.stringify(value) };
}

export function text(status: number, body: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, headers: { 'content-type': type }, body };
}

export function empty(status: number): Answer {
  return { status, headers: {} };
}

/** Thrown by handlers to send an error response. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`rejected with ${answer.status}`);
    this.answer = answer;
  }
}

/** Spotify's regular error object. */
export function refusal(status: number, message: string): Refusal {
  return new Refusal(json(status, { error: { status, message } }));
}

/** The accounts service's error object (RFC 6749). */
export function authRefusal(status: number, error: string, description: string): Refusal {
  return new Refusal(json(status, { error, error_description: description }));
}

/** The response of a closed endpoint in development mode. */
export const FORBIDDEN = json(403, { error: { status: 403, message: 'Forbidden' } });
/** The response of the audio-feature endpoints since November 2024, without a message. */
export const FORBIDDEN_WITHOUT_WORDS = json(403, { error: { status: 403 } });
export const NOT_FOUND = json(404, { error: { status: 404, message: 'Not Found' } });
