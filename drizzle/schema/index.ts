export * from './accounts.ts';
export * from './catalog.ts';
export * from './columns.ts';
export * from './curation.ts';
export * from './operations.ts';
export * from './auth.ts';
export * from './sync.ts';
