// The till's service worker: it keeps one whole version of the till, and of the page that verifies exports, in the browser,
// so that both start where no server answers. A version is kept complete or not at all: each file is held against the hash
// that the build gave it. The next version waits beside it until a till says that it is between sales.

const VERSION = "{{version}}";
const FILES = {{files}};

const CACHE = `till-${VERSION}`;
// What a version's files bear beside them once it was in use.
const IN_USE = "/in-use";
const paths = new Set(FILES.map(({ path }) => path));

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(clearEarlier()));
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === location.origin && (paths.has(pathname) || isPart(pathname))) {
    event.respondWith(held(pathname, event.request));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map(({ path, integrity }) => new Request(path, { integrity, cache: "no-cache" })));
}

// Parts of a page bear the hash of their content: each version has its own.
function isPart(path) {
  return path.startsWith("/assets/");
}

// The version that was in use before stays, since pages may be open that began with it and have parts to come. One that was
// fetched and never in use goes.
async function clearEarlier() {
  const names = (await caches.keys()).filter((name) => name.startsWith("till-") && name !== CACHE);
  const marks = await Promise.all(names.map(async (name) => (await caches.open(name)).match(IN_USE)));
  const kept = names.filter((_, place) => marks[place]).at(-1) ?? names.at(-1);
  await Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)));
  await (await caches.open(CACHE)).put(IN_USE, new Response());
}

// A browser that was short of space may have dropped the cache: then the network has to do.
async function held(path, request) {
  const cache = await caches.open(CACHE);
  const own = await cache.match(path);
  const other = own === undefined && isPart(path) ? await caches.match(path) : undefined;
  return own ?? other ?? fetch(request);
}
