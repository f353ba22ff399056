// 离线外壳: answers from what a page laid by (the cache "shell") where there is no network, and what carries a hash in its name always.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/api/")) return;
  const laidBy = () => caches.match(request, { ignoreSearch: true });
  const answer = async () => {
    if (request.mode !== "navigate") return (await laidBy()) ?? fetch(request);
    return fetch(request).catch(async () => (await laidBy()) ?? Response.error());
  };
  event.respondWith(answer());
});
