export * from './accounts.ts';
export * from './catalogue.ts';
export * from './columns.ts';
export * from './curation.ts';
export * from './operations.ts';
export * from './people.ts';
export * from './sync.ts';
