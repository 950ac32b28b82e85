/** The shape of JSON text that is accepted. */
export interface JsonLimits {
  /** Lists and objects inside each other. */
  readonly depthMax: number;
  /** Values in total: texts, numbers, lists and objects, keys not counted. */
  readonly valuesMax: number;
  /** Outer levels that are not named in an error, such as the numbers of a batch's calls. Default: none. */
  readonly levelsUnnamed?: number;
}

/** Which limit the text exceeds, and the dotted path of the outermost parts around that place. */
export interface JsonExcess {
  readonly limit: 'depth' | 'values';
  readonly path: readonly string[];
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];
/** How many outer levels are named; deeper keys do not help the caller. */
const LEVELS_NAMED = 2;
const NAME_BYTES_MAX = 40;

interface Level {
  readonly isList: boolean;
  index: number;
  key: number[];
}

/**
 * Measures JSON text while its bytes arrive, before any value is built, in time proportional to the bytes. Only the first bytes of keys are kept. It
 * does not validate: text that is not JSON may pass and fails in JSON.parse.
 */
export function createJsonMeter({ depthMax, valuesMax, levelsUnnamed = 0 }: JsonLimits): { push(bytes: Uint8Array): JsonExcess | undefined } {
  const levels: Level[] = [];
  const levelsKept = levelsUnnamed + LEVELS_NAMED;
  let [depth, values] = [0, 1];
  let [isText, isEscaped] = [false, false];
  const excess = (limit: JsonExcess['limit']): JsonExcess => ({ limit, path: levels.slice(levelsUnnamed, Math.max(0, depth - 1)).map(nameOf) });
  const open = (isList: boolean): void => {
    depth += 1;
    values += 1;
    if (depth <= levelsKept) levels.push({ isList, index: 0, key: [] });
  };
  const close = (): void => {
    if (depth > 0 && depth <= levelsKept) levels.pop();
    depth = Math.max(0, depth - 1);
  };
  const step = (byte: number): void => {
    const level = depth <= levelsKept ? levels[depth - 1] : undefined;
    if (byte === QUOTE) {
      isText = true;
      if (level && !level.isList) level.key = [];
    } else if (byte === COMMA) {
      values += 1;
      if (level) level.index += 1;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) open(byte === OPEN_LIST);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) close();
  };
  const stepInText = (byte: number): void => {
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) isText = false;
    const level = isText && depth <= levelsKept ? levels[depth - 1] : undefined;
    if (level && !level.isList && level.key.length < NAME_BYTES_MAX) level.key.push(byte);
  };
  return {
    push: (bytes) => {
      for (const byte of bytes) {
        if (isText) stepInText(byte);
        else step(byte);
        if (depth > depthMax) return excess('depth');
        if (values > valuesMax) return excess('values');
      }
      return undefined;
    },
  };
}

function nameOf({ isList, index, key }: Level): string {
  // A key that was cut inside a character ends in a replacement character, which is dropped.
  return isList ? String(index) : new TextDecoder().decode(Uint8Array.from(key)).replace(/\ufffd+$/, '');
}
