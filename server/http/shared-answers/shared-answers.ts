import type { Deps } from '#server/deps.ts';
import { readDataVersions } from '#server/repos/data-versions.ts';
import type { DataSubject, DataVersions } from '#server/repos/data-versions.ts';
import { dayOf } from '#shared/domain/days.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import type { Request, RequestHandler, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { answerAnonymously } from './answer-anonymously.ts';
import { createGroupedRead } from './grouped-read.ts';
import { createEncodingChoice, prepareAnswer, sendRepresentation } from './prepared-answer.ts';
import type { PreparedAnswer } from './prepared-answer.ts';
import { mayBeShared, subjectsOf } from './shared-procedures.ts';

/** Times in an answer, such as when the proof was made, are at most this old. */
const AGE_MAX_MS = MINUTE_MS;
/** All answers of one process together, with their compressed forms. */
const BYTES_MAX = 64 * 1024 * 1024;
/** A compressed form is always smaller than the answer. */
const FORMS = 3;

interface Kept {
  readonly subjects: readonly DataSubject[];
  readonly key: string;
  readonly answer: PreparedAnswer;
  /** In `performance.now()` milliseconds. */
  readonly validUntil: number;
}

interface Computing {
  readonly key: string;
  /** Undefined when the answer may not be shared, such as an error. */
  readonly answer: Promise<PreparedAnswer | undefined>;
}

/**
 * Answers anonymous reads of the public pages with prepared bytes. Before each answer the version of the data is read from the database, by one query
 * for all requests that wait; so an answer always includes every write that was committed, by any process, before the request arrived. Without a version
 * (the database does not answer) nothing kept is sent. Everything else goes on to the ordinary handler.
 *
 * States of an answer: absent → computing (once for all who ask) → kept → outdated by a write, a new day or age → computing. Least used ones are dropped.
 */
export function sharedAnswers(deps: Deps): RequestHandler {
  const kept = new LRUCache<string, Kept>({ maxSize: BYTES_MAX, sizeCalculation: ({ answer }, url) => answer.bytes.length * FORMS + url.length });
  const computing = new Map<string, Computing>();
  const readVersions = createGroupedRead(() => readDataVersions(deps.pool));
  const encodingOf = createEncodingChoice();

  const answerTo = async (url: string, subjects: readonly DataSubject[]): Promise<PreparedAnswer | undefined> => {
    for (;;) {
      const key = keyOf(deps.now(), subjects, subjects.length > 0 ? await readVersions() : undefined);
      const found = kept.get(url);
      if (found?.key === key && performance.now() < found.validUntil) return found.answer;
      const running = computing.get(url);
      if (running?.key === key) return running.answer;
      // One answer is computed at a time, however often the data change in the meantime. Afterwards all who wait read the version again.
      if (running) await running.answer.catch(() => {});
      else return compute(url, { subjects, key });
    }
  };

  const compute = (url: string, { subjects, key }: Pick<Kept, 'subjects' | 'key'>): Promise<PreparedAnswer | undefined> => {
    const run = async (): Promise<PreparedAnswer | undefined> => {
      const validUntil = performance.now() + AGE_MAX_MS;
      const bytes = await answerAnonymously(deps, url);
      if (!bytes) return undefined;
      const answer = prepareAnswer(bytes);
      kept.set(url, { subjects, key, answer, validUntil });
      return answer;
    };
    const answer = run().finally(() => computing.delete(url));
    computing.set(url, { key, answer });
    return answer;
  };

  const send = async (request: Request, response: Response, subjects: readonly DataSubject[]): Promise<boolean> => {
    const answer = await answerTo(request.url, subjects);
    if (!answer) return false;
    sendRepresentation(request, response, await answer.in(encodingOf(request)));
    return true;
  };

  return (request, response, next) => {
    if (!mayBeShared(deps.settings, request)) return next();
    const subjects = kept.get(request.url)?.subjects ?? subjectsOf(request.url);
    if (!subjects) return next();
    send(request, response, subjects).then(
      (isSent) => (isSent ? undefined : next()),
      (error: unknown) => {
        deps.log.debug('a shared answer failed; the request is answered on its own', { error });
        next();
      },
    );
  };
}

/** What an answer depends on: the data, and the day, because "today" is part of it. */
function keyOf(now: Date, subjects: readonly DataSubject[], versions: DataVersions | undefined): string {
  return [dayOf(now), ...subjects.map((subject) => versions?.[subject])].join(' ');
}
