/** A camera, and a browser that reads codes through it: Chromium on Linux has neither. */

import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** The codes before the camera. */
    codes: string[];
    /** How often somebody looked. */
    looks: number;
    /** Whether the camera is on. */
    isWatching: boolean;
    /** Whether whoever is asked for the camera says no. */
    isForbidden: boolean;
  }
}

/** Gives a page its camera, before it is loaded. */
export async function mountCamera(page: Page): Promise<void> {
  await page.addInitScript(mount);
}

/** Holds codes before the camera, in place of those that were there. */
export async function holdUp(page: Page, ...codes: string[]): Promise<void> {
  await page.evaluate((codes) => (window.codes = codes), codes);
}

/** Runs in the page. */
function mount(): void {
  Object.assign(window, { codes: [], looks: 0, isWatching: false, isForbidden: false });
  class BarcodeDetector {
    async detect(): Promise<{ rawValue: string }[]> {
      window.looks++;
      return window.codes.map((rawValue) => ({ rawValue }));
    }
  }
  Object.assign(window, { BarcodeDetector });
  navigator.mediaDevices.getUserMedia = async () => {
    if (window.isForbidden) throw new DOMException("no", "NotAllowedError");
    const canvas = document.createElement("canvas");
    canvas.getContext("2d")?.fillRect(0, 0, canvas.width, canvas.height);
    const stream = canvas.captureStream(10);
    window.isWatching = true;
    for (const track of stream.getTracks()) {
      const stop = track.stop.bind(track);
      track.stop = () => {
        window.isWatching = false;
        stop();
      };
    }
    return stream;
  };
}
