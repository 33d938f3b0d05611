/** Pages that die at the worst moment. */

/** Runs in the page: it goes away in the moment in which the receipt is on disk, before anybody is told. */
export function leaveOnceCommitted(): void {
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    const transaction = begin.apply(this, args);
    if ([args[0]].flat().includes("outbox") && args[1] === "readwrite") {
      transaction.addEventListener("complete", (event) => {
        event.stopImmediatePropagation();
        location.replace("about:blank");
      });
    }
    return transaction;
  };
}

/** Runs in the page: it goes away while the receipt is written, between two of the records that belong together. */
export function leaveHalfWay(): void {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...args) {
    const request = add.apply(this, args);
    if (this.name === "outbox") {
      this.transaction.abort();
      location.replace("about:blank");
    }
    return request;
  };
}
