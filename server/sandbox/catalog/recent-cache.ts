/** Remembers the most recently used answers of a pure function, at most `size` of them. */
export function rememberRecent<K, V>(size: number, make: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    const known = kept.get(key);
    const value = known ?? make(key);
    if (known !== undefined) kept.delete(key);
    kept.set(key, value);
    if (kept.size > size) {
      const [oldest] = kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
    }
    return value;
  };
}
