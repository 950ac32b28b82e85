/** Deterministic pseudo-random numbers by integer mixing (MurmurHash3's finalizer). Not for secrets. */

/** Mixes the bits of a 32-bit number; a bijection. */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit hash of a text; different salts give independent hashes. */
export function hashText(text: string, salt = 0): number {
  let h = mix32(salt ^ 0x9e3779b9);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix32(h ^ text.length);
}

/** A number in [0, 1) determined by the seed and the id. */
export function chanceOf(seed: number, id: number): number {
  return mix32(seed ^ mix32(id + 0x9e3779b9)) / 4_294_967_296;
}
