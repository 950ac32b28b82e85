interface Reading {
  row: string[];
  field: string;
  state: 'plain' | 'quoted' | 'quote-seen';
}

/**
 * Rows of a comma-separated text, one at a time, with quoted fields, doubled quotes and line breaks inside quotes. The text may come in pieces cut
 * anywhere; only the unfinished row is held.
 */
export async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  const reading: Reading = { row: [], field: '', state: 'plain' };
  for await (const piece of pieces) {
    for (const character of piece) {
      const row = step(reading, character);
      if (row) yield row;
    }
  }
  if (reading.field !== '' || reading.row.length > 0) yield [...reading.row, reading.field];
}

/** Takes one character; gives a row when it ends one. */
function step(reading: Reading, character: string): string[] | undefined {
  if (reading.state === 'quoted') {
    if (character === '"') reading.state = 'quote-seen';
    else reading.field += character;
    return undefined;
  }
  if (character === '"') {
    // A quote right behind a quote is one quote; otherwise it opens the field.
    if (reading.state === 'quote-seen') reading.field += '"';
    reading.state = 'quoted';
    return undefined;
  }
  if (character !== ',' && character !== '\n') {
    if (character !== '\r') reading.field += character;
    return undefined;
  }
  reading.row.push(reading.field);
  reading.field = '';
  reading.state = 'plain';
  if (character === ',') return undefined;
  const done = reading.row;
  reading.row = [];
  return done;
}
