/** The operator's pages about pictures, loaded as one chunk. */
export { ModelsPage } from './models-page.tsx';
export { LorasPage } from './loras-page.tsx';
export { UsagePage } from './usage-page.tsx';
export { CoverHistoryPage } from './cover-history-page.tsx';
