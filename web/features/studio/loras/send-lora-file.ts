import { LORA_PART_BYTES } from '#shared/domain/studio/loras/upload-sizes.ts';

interface LoraSending {
  readonly signal: AbortSignal;
  /** Called with the share that the server has stored. */
  readonly onShare: (share: number) => void;
}

/** Sends a LoRA file in parts, each once the one before is stored. Throws an error in the form of the API's own; the server then refuses the rest. */
export async function sendLoraFile(file: File, { signal, onShare }: LoraSending): Promise<void> {
  for (let offset = 0; offset < file.size || offset === 0; offset += LORA_PART_BYTES) {
    const part = file.slice(offset, offset + LORA_PART_BYTES);
    const response = await fetch(`/lora-files/${encodeURIComponent(file.name)}`, {
      method: 'POST',
      body: part,
      signal,
      headers: { 'content-type': 'application/octet-stream', 'content-range': `bytes ${offset}-${offset + part.size - 1}/${file.size}` },
    });
    if (!response.ok) throw Object.assign(new Error('The file was refused.'), { data: await response.json().catch(() => null) });
    onShare((offset + part.size) / file.size);
  }
}
