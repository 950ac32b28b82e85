import type { Deps } from '#server/deps.ts';
import { insertAttempt } from '#server/repos/studio/generation-history.ts';
import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import { AppError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';

interface LocalAttempt<T> {
  /** Null: the operator with the admin key, or the network. */
  readonly userId: UserId | null;
  readonly playlistUrl: string | null;
  readonly title: string | null;
  readonly analysis: Pick<MusicAnalysis, 'genres' | 'moods'>;
  readonly clientAddress?: string | undefined;
  /** Draws and stores the picture. */
  readonly work: () => Promise<T>;
  readonly pathOf: (made: T) => string;
}

const GENRES_KEPT = 5;

/** Draws a picture with our own model and records the attempt in the audit of covers, with its time or its error. Throws what drawing throws. */
export async function recordAttempt<T>(deps: Pick<Deps, 'db' | 'now' | 'newId'>, attempt: LocalAttempt<T>): Promise<T> {
  const { userId, playlistUrl, title, analysis, clientAddress, work, pathOf } = attempt;
  const createdAt = deps.now();
  const row = {
    id: deps.newId(),
    userId,
    playlistUrl,
    generatedTitle: title,
    genres: analysis.genres.slice(0, GENRES_KEPT).map(({ name }) => name),
    mood: analysis.moods[0]?.region ?? null,
    model: 'local-art',
    userIp: clientAddress ?? null,
    createdAt,
  };
  try {
    const made = await work();
    const generationTime = Math.max(0, deps.now().getTime() - createdAt.getTime()) / 1_000;
    await insertAttempt(deps.db, { ...row, success: true, imagePath: pathOf(made), generationTime });
    return made;
  } catch (error) {
    if (error instanceof AppError) await insertAttempt(deps.db, { ...row, success: false, errorMessage: error.message });
    throw error;
  }
}
