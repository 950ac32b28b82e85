/** Replaced by the embedded cluster with its migrated template. */
export default async function setup(): Promise<void> {}
