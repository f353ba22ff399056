import { inBrowser } from "../../store.ts";

/**
 * 离线外壳 · lets a browser open these pages without a network: what this page was made of is laid by, and a worker answers from it.
 * In WeChat the mini-program is on the phone anyhow.
 */
export async function layBy(): Promise<void> {
  if (!inBrowser || !("serviceWorker" in navigator)) return;
  const base = new URL(".", window.location.href).href;
  await navigator.serviceWorker.register(`${base}worker.js`);
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const parts = new Set([base, ...loaded.filter((name) => name.startsWith(base) && !name.endsWith("worker.js"))]);
  const shell = await caches.open("shell");
  await shell.addAll([...parts]);
  // Of an earlier version nothing is left over.
  for (const { url } of await shell.keys()) if (url.startsWith(base) && !parts.has(url)) await shell.delete(url);
}
