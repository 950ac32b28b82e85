/** Caches the most recently used results of a pure function: an LRU cache of at most `size` entries. */
export function memoizeRecent<K, V>(size: number, make: (key: K) => V): (key: K) => V {
  const entries = new Map<K, V>();
  return (key) => {
    const known = entries.get(key);
    const value = known ?? make(key);
    if (known !== undefined) entries.delete(key);
    entries.set(key, value);
    if (entries.size > size) {
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    }
    return value;
  };
}
