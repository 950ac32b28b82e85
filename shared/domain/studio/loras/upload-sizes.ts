/** Above the largest LoRA that fal takes without a surcharge. */
export const LORA_BYTES_MAX = 2 * 1024 * 1024 * 1024;
/** A part arrives within the time that a request may take, also over a slow connection. */
export const LORA_PART_BYTES = 8 * 1024 * 1024;
