import type { AssetStore } from '#server/providers/render-ports.ts';

/**
 * Two stores as one while files are moved from `other` to `main`: files are written to `main`, and read from where they are. A file is removed from
 * both. Reading asks `other` also while `main` is down, and throws its error when `other` has no such file.
 */
export function combineAssets(main: AssetStore, other: AssetStore): AssetStore {
  return {
    write: (bytes) => main.write(bytes),
    requireRoom: (bytes) => main.requireRoom(bytes),
    read: async (sha256) => {
      const [found] = await Promise.allSettled([main.read(sha256)]);
      if (found.status === 'fulfilled' && found.value) return found.value;
      // When the file is in neither, it was moved between the two reads, or is missing.
      return (await other.read(sha256)) ?? main.read(sha256);
    },
    readPart: async (sha256, part) => {
      const [found] = await Promise.allSettled([main.readPart(sha256, part)]);
      if (found.status === 'fulfilled' && found.value) return found.value;
      return (await other.readPart(sha256, part)) ?? main.readPart(sha256, part);
    },
    remove: async (sha256, options) => {
      await other.remove(sha256, options);
      await main.remove(sha256, options);
    },
    list: () => listBoth(main, other),
  };
}

/** Each digest once, with its latest write. */
async function* listBoth(main: AssetStore, other: AssetStore): ReturnType<AssetStore['list']> {
  const inOther = new Map<string, Date>();
  for await (const { sha256, writtenAt } of other.list()) inOther.set(sha256, writtenAt);
  for await (const { sha256, writtenAt } of main.list()) {
    const earlier = inOther.get(sha256);
    inOther.delete(sha256);
    yield { sha256, writtenAt: earlier && earlier > writtenAt ? earlier : writtenAt };
  }
  for (const [sha256, writtenAt] of inOther) yield { sha256, writtenAt };
}
