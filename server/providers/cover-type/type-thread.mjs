/** Starts a thread that sets type. Node 20 reads TypeScript in a thread only when the thread registers a loader itself. */
import { register } from 'tsx/esm/api';

register();
await import('./thread-entry.ts');
