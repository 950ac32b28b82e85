import type { ProposedWords } from '#shared/contracts/covers/words.ts';
import { clockTime } from '#web/lib/dates.ts';

/** Who proposed the titles, and why not the text model when it did not. */
export function WordsSource({ words: { source, reason, retryAt } }: { readonly words: ProposedWords }) {
  if (source !== 'local-words') return <>Proposed by {source}.</>;
  return (
    <>
      <b>Titles and picture prompt from Segue’s own lexicon.</b> {reason}{' '}
      {retryAt === null ? '' : `It can be asked again from ${clockTime(retryAt)} UTC on.`}
    </>
  );
}
