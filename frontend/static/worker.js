// The till's service worker: it keeps one whole version of the till, and of the page that verifies exports, in the browser,
// so that both start where no server answers. A version is kept complete or not at all: each file is held against the hash
// that the build gave it. The next version waits beside it until no page of the till is open.

const VERSION = "{{version}}";
const FILES = {{files}};

const CACHE = `till-${VERSION}`;
const paths = new Set(FILES.map(({ path }) => path));

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(clearEarlier()));

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === location.origin && paths.has(pathname)) {
    event.respondWith(held(pathname, event.request));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map(({ path, integrity }) => new Request(path, { integrity, cache: "no-cache" })));
}

async function clearEarlier() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("till-") && name !== CACHE).map((name) => caches.delete(name)));
}

// A browser that was short of space may have dropped the cache: then the network has to do.
async function held(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
