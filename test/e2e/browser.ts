/** Opens pages in a real browser, and notes everything that a page should not do. */
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const USUAL_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser's program, or null when there is none on this machine. */
export const chromiumPath: string | null =
  [process.env["FOREWARM_CHROMIUM"] ?? "", ...USUAL_PLACES].find((path) => path !== "" && existsSync(path)) ??
  null;

export const WHY_SKIPPED = `no browser: set FOREWARM_CHROMIUM, or install one of ${USUAL_PLACES.join(", ")}`;

export interface Opened {
  readonly page: Page;
  /** Console errors, uncaught errors, dialogs and requests for anything but the page itself. */
  readonly faults: readonly string[];
}

export interface Pages {
  /** Opens a page that is given in pieces. */
  open(page: Iterable<string>, options?: BrowserContextOptions & { readonly hash?: string }): Promise<Opened>;
  /** Closes the pages that were opened since the last time. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export async function startPages(): Promise<Pages> {
  const folder = await mkdtemp(join(tmpdir(), "forewarm-e2e-"));
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath ?? "",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--no-first-run",
    ],
  });
  let files = 0;
  const open: Pages["open"] = async (pieces, { hash = "", ...options } = {}) => {
    const path = join(folder, `${++files}.html`);
    await writeFile(path, pieces);
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    const url = pathToFileURL(path).href;
    const faults = watch(page, url);
    await page.goto(`${url}${hash}`);
    return { page, faults };
  };
  const closePages = async (): Promise<void> => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { open, closePages, close };
}

function watch(page: Page, url: string): readonly string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const wanted = request.url();
    if (wanted.split("#")[0] !== url && !wanted.startsWith("data:")) faults.push(`request: ${wanted}`);
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  return faults;
}

/** The pixels of the first chart. */
export const picture = (page: Page): Promise<string> =>
  page.evaluate<string>('document.querySelector("figure.chart canvas").toDataURL()');

/** Waits until the first chart looks other than before, and returns how it looks then. */
export async function otherPicture(page: Page, before: string): Promise<string> {
  const until = performance.now() + 5000;
  while (performance.now() < until) {
    const now = await picture(page);
    if (now !== before) return now;
    await page.waitForTimeout(20);
  }
  throw new Error("the chart was not drawn again within 5 s");
}
