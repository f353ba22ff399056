/** 记住 · puts a value last among so many that a process remembers; whoever came or was touched longest ago is let go of. */
export function remember<K, V>(among: Map<K, V>, name: K, value: V, most: number): void {
  among.delete(name);
  among.set(name, value);
  if (among.size > most) among.delete(among.keys().next().value!);
}
