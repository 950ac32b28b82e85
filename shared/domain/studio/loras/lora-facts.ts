import { cutText, storableText } from '#shared/domain/text.ts';
import { LORA_BASE_NAMES } from './lora-bases.ts';
import type { LoraBase } from '#shared/domain/studio/model.ts';
import { AppError } from '#shared/errors.ts';
import type { SafetensorsHeader, Tensor } from './safetensors-header.ts';

const TRIGGERS_MAX = 20;
const SUGGESTIONS_MAX = 8;
const TRIGGER_CHARS_MAX = 100;

/** What a LoRA file is made for. */
export interface LoraFacts {
  /** Null when the tensors do not show it, or when no model here takes it. */
  readonly base: LoraBase | null;
  /** Null when neither tensors nor metadata show it. */
  readonly baseName: string | null;
  readonly triggers: readonly string[];
  /** Frequent captions of the training, to choose from. */
  readonly suggestions: readonly string[];
}

/** Reads what a header shows. Shapes decide about the base model, because metadata is free text. Throws `invalid_input` for a file without LoRA layers. */
export function loraFacts({ tensors, metadata }: SafetensorsHeader): LoraFacts {
  const down = tensors.filter(({ name }) => /(?:lora_A|lora_down|lokr_w2|hada_w1_b)\b/.test(name) || /\.lora\.down\./.test(name));
  if (down.length === 0) {
    throw new AppError('invalid_input', {
      message: 'The file contains no LoRA layers; it may be a whole model.',
      remedy: 'Use the file of the LoRA alone.',
      field: 'fileName',
    });
  }
  const known = baseOfShapes(down) ?? baseOfMetadata(metadata);
  const triggers = words([metadata.get('modelspec.trigger_phrase'), metadata.get('ss_trigger_words')]);
  return {
    base: known?.base ?? null,
    baseName: known?.name ?? null,
    triggers: triggers.slice(0, TRIGGERS_MAX),
    suggestions: tagsOf(metadata, triggers),
  };
}

type KnownBase = { readonly base: LoraBase | null; readonly name: string };
const offered = (base: LoraBase): KnownBase => ({ base, name: LORA_BASE_NAMES[base] });
const other = (name: string): KnownBase => ({ base: null, name });

/**
 * The base by the widths of the layers: FLUX.1 has 3072 (context 4096), FLUX.2 klein-4B 3072 (7680), klein-9B 4096 (12288), dev 6144 (15360); Z-Image
 * 3840; the context of SD 1 is 768, of SDXL 2048. Widths as in InvokeAI's probe of LoRA files.
 */
function baseOfShapes(down: readonly Tensor[]): KnownBase | undefined {
  const widths = (pattern: RegExp) => new Set(down.filter(({ name }) => pattern.test(name)).map(({ shape }) => shape[1]));
  const blocks = widths(/(?:double|single)_blocks|(?:single_)?transformer_blocks/);
  const all = widths(/./);
  const isSecond = down.some(({ name }) => /to_qkv_mlp_proj/.test(name));
  if (blocks.has(6144) || all.has(15_360)) return offered('flux-2-dev');
  if (all.has(7680) || (isSecond && blocks.has(3072))) return other('FLUX.2 klein 4B');
  if (all.has(12_288) && blocks.has(4096) && !blocks.has(3072)) return other('FLUX.2 klein 9B');
  if (blocks.has(3072)) return offered('flux-1');
  if (widths(/layers[._]\d+/).has(3840)) return offered('z-image');
  const context = widths(/attn2[._]to_k/);
  if (context.has(2048)) return other('SDXL');
  if (context.has(768)) return other('Stable Diffusion 1');
  return context.has(1024) ? other('Stable Diffusion 2') : undefined;
}

const BY_METADATA: readonly (readonly [RegExp, KnownBase])[] = [
  [/flux[-_.]?2.*klein|klein/i, other('FLUX.2 klein')],
  [/flux[-_.]?2/i, offered('flux-2-dev')],
  [/flux/i, offered('flux-1')],
  [/z[-_.]?image/i, offered('z-image')],
  [/xl/i, other('SDXL')],
  [/stable[-_. ]?diffusion|sd[-_.]?[123]/i, other('Stable Diffusion')],
];

function baseOfMetadata(metadata: ReadonlyMap<string, string>): KnownBase | undefined {
  const text = metadata.get('modelspec.architecture') ?? metadata.get('ss_base_model_version') ?? '';
  return BY_METADATA.find(([pattern]) => pattern.test(text.slice(0, 200)))?.[1];
}

/** Kohya's training tools store how often each caption occurred, by folder. */
function tagsOf(metadata: ReadonlyMap<string, string>, triggers: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const folder of Object.values(recordIn(metadata.get('ss_tag_frequency')))) {
    for (const [tag, count] of Object.entries(typeof folder === 'object' && folder !== null ? folder : {})) {
      if (typeof count === 'number' && Number.isFinite(count)) counts.set(tag, (counts.get(tag) ?? 0) + count);
    }
  }
  const frequent = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([tag]) => tag);
  return words([frequent.join(',')])
    .filter((tag) => !triggers.includes(tag))
    .slice(0, SUGGESTIONS_MAX);
}

function recordIn(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Plain words of texts with commas: no control characters, no markup, each once. */
function words(texts: readonly (string | undefined)[]): readonly string[] {
  const plain = texts
    .flatMap((text) => (text ?? '').split(/[,\n]/))
    .map((word) =>
      cutText(
        storableText(word)
          .replaceAll(/[\p{Cc}\p{Cf}<>{}]/gu, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim(),
        TRIGGER_CHARS_MAX,
      ),
    );
  return [...new Set(plain.filter((word) => word !== ''))];
}
