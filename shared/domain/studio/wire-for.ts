import { AppError } from '#shared/errors.ts';
import type { Json } from '#shared/json.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { defaultOf, inputsFor, isEnabled } from './model.ts';
import type { Model, ModelInput, ModelValues } from './model.ts';

/** A request in the vendor's fields, and the stored pictures that go with it. */
export interface WireRequest {
  readonly endpoint: string;
  readonly body: { readonly [field: string]: Json };
  readonly files: readonly { readonly field: string; readonly assetId: string; readonly send: 'url' | 'dataUri' | 'multipart' | 'inlineData' }[];
}

/** What the request is made of besides the values. */
interface WireContext {
  readonly task: StudioTask;
  /** Where the vendor downloads each LoRA, by its id. */
  readonly loraPaths?: ReadonlyMap<string, string>;
}

type Tree = { [field: string]: Tree | Json };

/** The request for valid values of a model: fields renamed, defaults and fixed fields added, disabled inputs left out. Throws `not_found` for a LoRA without a path. */
export function wireFor(model: Model, values: ModelValues, { task, loraPaths = new Map() }: WireContext): WireRequest {
  const fields: [string, Json][] = [...Object.entries(model.fixed ?? {}), ...Object.entries(model.fixedByTask?.[task] ?? {})];
  const files: WireRequest['files'][number][] = [];
  const image = model.inputs.image;
  const send = image?.kind === 'image' ? image.send : 'multipart';
  for (const [id, input] of inputsFor(model, task)) {
    if (!isEnabled(input, values)) continue;
    const value = values[id] ?? defaultOf(input);
    if (input.kind === 'image' || input.kind === 'mask') files.push(...assetsIn(value).map((assetId) => ({ field: input.wire, assetId, send })));
    else {
      const sent = sentFor(input, value, loraPaths);
      if (sent !== undefined) fields.push([input.wire, sent]);
    }
  }
  return { endpoint: model.endpoint, body: nest(fields), files };
}

/** One picture or several. */
function assetsIn(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as string[]) : [value as string];
}

function sentFor(input: ModelInput, value: unknown, loraPaths: ReadonlyMap<string, string>): Json | undefined {
  if (input.kind === 'seed') return (value as number | undefined) ?? (input.random === 'omit' ? undefined : input.random);
  if (value === undefined || value === '') return undefined;
  if (input.kind === 'enum' || input.kind === 'size') {
    const option = input.options.find((each) => each.value === value);
    if (option?.isOmitted) return undefined;
    return option?.sends === undefined ? (value as string) : option.sends;
  }
  if (input.kind === 'seconds' && input.suffix !== undefined) return `${value as number}${input.suffix}`;
  if (input.kind !== 'loras') return value as Json;
  const loras = value as readonly { readonly loraId: string; readonly scale: number }[];
  return loras.length === 0 ? undefined : loras.map((lora) => ({ path: pathOf(lora.loraId, loraPaths), scale: lora.scale }));
}

function pathOf(lora: string, loraPaths: ReadonlyMap<string, string>): string {
  const path = loraPaths.get(lora);
  if (path === undefined) throw new AppError('not_found', { message: 'This LoRA does not exist.', field: 'loras', remedy: 'Choose another LoRA.' });
  return path;
}

/** `a.0.b` becomes `{a: [{b}]}`. */
function nest(fields: readonly (readonly [string, Json])[]): { readonly [field: string]: Json } {
  const root: Tree = {};
  for (const [name, value] of fields) {
    const steps = name.split('.');
    let at = root;
    for (const [index, step] of steps.slice(0, -1).entries()) {
      at[step] ??= (/^\d+$/.test(steps[index + 1] ?? '') ? [] : {}) as unknown as Tree;
      at = at[step] as Tree;
    }
    at[steps.at(-1) ?? name] = value;
  }
  return root;
}
