import type { Deps } from '#server/deps.ts';
import { listOwnAssets } from '#server/repos/studio/assets.ts';
import type { OwnAsset } from '#server/repos/studio/assets.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import type { PictureSize } from '#shared/domain/studio/estimate.ts';
import { inputsFor } from '#shared/domain/studio/model.ts';
import type { InputId, Model, ModelInput, ModelValues } from '#shared/domain/studio/model.ts';
import { AppError } from '#shared/errors.ts';
import { assetId } from '#shared/ids.ts';
import type { UserId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';

/** The stored files that a request names. */
export interface InputFiles {
  readonly files: RenderRow['inputFiles'];
  /** The size of the first picture; undefined when the request names none. */
  readonly picture: PictureSize | undefined;
}

interface Request {
  readonly userId: UserId | null;
  readonly model: Model;
  readonly task: StudioTask;
  readonly values: ModelValues;
}

/**
 * The pictures and the mask that valid values name. Throws `not_found` for one that is not the person's own or is deleted, and `invalid_input` for a video
 * in place of a picture, for a picture in place of a mask, and for a mask of another size.
 */
export async function findInputFiles(deps: Pick<Deps, 'db'>, { userId, model, task, values }: Request): Promise<InputFiles> {
  const inputs = inputsFor(model, task).filter(([, { kind }]) => kind === 'image' || kind === 'mask');
  const named = inputs.flatMap(([id, input]) => idsIn(values[id]).map((asset) => ({ id, input, asset })));
  if (named.length === 0) return { files: {}, picture: undefined };
  const own = await listOwnAssets(deps.db, { ids: named.map(({ asset }) => assetId.parse(asset)), userId });
  const found = new Map<string, OwnAsset>(own.map((asset) => [asset.id, asset]));
  for (const { id, input, asset } of named) check({ id, input, asset: found.get(asset) }, (of) => idsIn(values[of]).map((each) => found.get(each)));
  const [first] = named.filter(({ input }) => input.kind === 'image').map(({ asset }) => found.get(asset));
  return {
    files: Object.fromEntries(own.map(({ id, sha256, mediaType }) => [id, { sha256, mediaType }])),
    picture: first && { width: first.width ?? 1, height: first.height ?? 1 },
  };
}

interface NamedFile {
  readonly id: InputId;
  readonly input: ModelInput;
  readonly asset: OwnAsset | undefined;
}

function check({ id, input, asset }: NamedFile, picturesOf: (of: InputId) => readonly (OwnAsset | undefined)[]): void {
  if (!asset) {
    const what = input.kind === 'mask' ? 'mask' : 'picture';
    throw new AppError('not_found', { message: `There is no such ${what}.`, field: id, remedy: 'Upload it, or choose one of your own.' });
  }
  if (!asset.mediaType.startsWith('image/')) throw wrong(id, `${input.label} must be a picture, and this is a video.`, 'Choose a picture.');
  if (input.kind !== 'mask') return;
  if (asset.origin !== 'mask') throw wrong(id, 'This picture is not a mask.', 'Mark the part that should change.');
  const [picture] = picturesOf(input.of);
  if (picture && (picture.width !== asset.width || picture.height !== asset.height)) {
    const sizes = `The mask has ${sizeOf(asset)} pixels, its picture ${sizeOf(picture)}.`;
    throw wrong(id, sizes, 'Draw the mask for this picture.');
  }
}

const sizeOf = ({ width, height }: OwnAsset) => `${width ?? 0} × ${height ?? 0}`;
const wrong = (field: InputId, message: string, remedy: string) => new AppError('invalid_input', { message, remedy, field });

function idsIn(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly string[]) : [value as string];
}
