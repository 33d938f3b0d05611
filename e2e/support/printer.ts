/** Printers on a serial port and on USB, as the browser would show them, that keep what they are sent. */

import { expect, type Page } from "@playwright/test";

/** What a printer was sent at once: each byte is a character. */
export interface Print {
  /** Which of two printers it came out of. */
  printer: "first" | "second";
  /** The speed of the serial port. */
  baud?: number;
  text: string;
}

declare global {
  interface Window {
    /** What was printed. */
    prints: Print[];
    /** How often the browser's own dialog was asked for. */
    dialogs: number;
    /** Whether the printer is off. */
    isOff: boolean;
    /** Whether whoever is asked for a printer chooses none. */
    refuses: boolean;
    /** Which of two printers whoever is asked for one chooses. */
    choice: number;
    /** Which of them is not connected any more. */
    unplugged?: number;
  }
}

/** Gives a page its printers, before it is loaded. */
export async function plugIn(page: Page): Promise<void> {
  await page.addInitScript(plug);
}

/** Waits until so much was printed, and tells what. */
export async function expectPrints(page: Page, count: number): Promise<Print[]> {
  await expect.poll(() => page.evaluate(() => window.prints.length)).toBe(count);
  return page.evaluate(() => window.prints);
}

/** Runs in the page. */
function plug(): void {
  Object.assign(window, { prints: [], dialogs: 0, isOff: false, refuses: false, choice: 0, print: () => window.dialogs++ });
  const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);
  const keep = (print: Print) => {
    if (window.isOff) throw new Error("it is off");
    window.prints.push(print);
  };
  const asked = <T>(all: T[]) => {
    if (window.refuses) throw new Error("none was chosen");
    return all[window.choice];
  };

  const portOf = (name: Print["printer"], usbProductId: number) => {
    let baud = 0;
    return {
      getInfo: () => ({ usbVendorId: 0x04b8, usbProductId }),
      open: async ({ baudRate }: { baudRate: number }) => {
        if (baud) throw new Error("the port is open already");
        baud = baudRate;
      },
      writable: { getWriter: () => ({ write: async (bytes: Uint8Array) => keep({ printer: name, baud, text: text(bytes) }), releaseLock: () => {} }) },
      close: async () => void (baud = 0),
    };
  };
  const ports = [portOf("first", 0x0202), portOf("second", 0x0e15)];
  const connected = <T>(all: T[]) => all.filter((_, place) => place !== window.unplugged);
  const serial = { requestPort: async () => asked(ports), getPorts: async () => connected(ports) };

  const endpoints = [{ direction: "in", endpointNumber: 2 }, { direction: "out", endpointNumber: 1 }];
  const interfaces = [
    { interfaceNumber: 0, alternate: { interfaceClass: 3, endpoints: [{ direction: "out", endpointNumber: 5 }] } },
    { interfaceNumber: 1, alternate: { interfaceClass: 7, endpoints } },
  ];
  // Two of one make: only their serial numbers differ.
  const deviceOf = (name: Print["printer"], serialNumber: string) => {
    const claimed = new Set<number>();
    const device = {
      vendorId: 0x04b8,
      productId: 0x0202,
      serialNumber,
      configuration: null as unknown,
      open: async () => {},
      selectConfiguration: async () => void (device.configuration = { interfaces }),
      claimInterface: async (number: number) => void claimed.add(number),
      transferOut: async (endpoint: number, bytes: Uint8Array) => {
        if (endpoint !== 1 || !claimed.has(1)) throw new Error("that is not the printer");
        keep({ printer: name, text: text(bytes) });
      },
      close: async () => claimed.clear(),
    };
    return device;
  };
  const devices = [deviceOf("first", "X0001"), deviceOf("second", "X0002")];
  const usb = { requestDevice: async () => asked(devices), getDevices: async () => connected(devices) };
  for (const [name, value] of Object.entries({ serial, usb })) {
    Object.defineProperty(navigator, name, { value, configurable: true });
  }
}
