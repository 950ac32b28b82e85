interface ParserState {
  row: string[];
  field: string;
  state: 'plain' | 'quoted' | 'quote-seen';
}

/**
 * Yields the rows of a CSV text, one at a time. Supports quoted fields, doubled quotes and line breaks inside quotes. The chunks may be split
 * anywhere; only the unfinished row is buffered.
 */
export async function* csvRows(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  const parser: ParserState = { row: [], field: '', state: 'plain' };
  for await (const chunk of chunks) {
    for (const character of chunk) {
      const row = step(parser, character);
      if (row) yield row;
    }
  }
  if (parser.field !== '' || parser.row.length > 0) yield [...parser.row, parser.field];
}

/** Consumes one character; returns the row when the character ends it. */
function step(parser: ParserState, character: string): string[] | undefined {
  if (parser.state === 'quoted') {
    if (character === '"') parser.state = 'quote-seen';
    else parser.field += character;
    return undefined;
  }
  if (character === '"') {
    // A doubled quote is a literal quote; otherwise the quote opens the field.
    if (parser.state === 'quote-seen') parser.field += '"';
    parser.state = 'quoted';
    return undefined;
  }
  if (character !== ',' && character !== '\n') {
    if (character !== '\r') parser.field += character;
    return undefined;
  }
  parser.row.push(parser.field);
  parser.field = '';
  parser.state = 'plain';
  if (character === ',') return undefined;
  const done = parser.row;
  parser.row = [];
  return done;
}
