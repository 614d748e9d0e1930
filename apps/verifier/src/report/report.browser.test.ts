import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM, FLAGS } from "./browser/chromium.ts";

const PAGE = pathToFileURL(path.join(import.meta.dirname, "fixtures/synthetic/report.html")).href;

const SCREENS = [
  { scheme: "light", device: "desk", width: 1280, height: 900 },
  { scheme: "dark", device: "desk", width: 1280, height: 900 },
  { scheme: "light", device: "phone", width: 390, height: 844 },
  { scheme: "dark", device: "phone", width: 390, height: 844 },
] as const;
type Screen = (typeof SCREENS)[number];

let folder = "";
let context: BrowserContext | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "matriarch-browser-"));
  context = await chromium.launchPersistentContext(path.join(folder, "profile"), { executablePath: CHROMIUM, args: [...FLAGS] });
});

afterAll(async () => {
  await context?.close();
  // The screenshots stay: they are what a person looks at.
  await rm(path.join(folder, "profile"), { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Everything that the browser asked for. */
  readonly requests: readonly string[];
  /** Everything that it complained about. */
  readonly complaints: readonly string[];
}

async function open({ scheme, width, height }: Screen): Promise<Opened> {
  if (!context) throw new Error("there is no browser");
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height });
  await page.goto(PAGE);
  return { page, requests, complaints };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes of what a selector finds, in the order of the page; without those that are not shown. */
async function boxesOf(page: Page, selector: string): Promise<Box[]> {
  const found = `document.querySelectorAll(${JSON.stringify(selector)})`;
  const boxes = await page.evaluate<readonly Box[]>(`[...${found}].map((one) => one.getBoundingClientRect().toJSON())`);
  return boxes.filter(({ width }) => width > 0);
}

describe.each(SCREENS)("on a $device, $scheme", (screen) => {
  let opened: Opened;

  beforeAll(async () => {
    opened = await open(screen);
    const shot = path.join(folder, `${screen.device}-${screen.scheme}.png`);
    await opened.page.screenshot({ path: shot, fullPage: true });
    console.log(shot);
  });

  test("the page asks for nothing but itself", () => {
    expect(opened.requests).toEqual([PAGE]);
  });

  test("the browser has nothing to complain about", () => {
    expect(opened.complaints).toEqual([]);
  });

  test("nothing stands beyond the right edge", async () => {
    expect(await opened.page.evaluate("document.documentElement.scrollWidth")).toBe(screen.width);
  });

  test("the background is the scheme's", async () => {
    const ground = { light: "rgb(255, 255, 255)", dark: "rgb(18, 22, 28)" }[screen.scheme];
    expect(await opened.page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(ground);
  });

  test("the verdict and the command that runs it again are on the first page", async () => {
    const [verdict] = await boxesOf(opened.page, "h1");
    expect(verdict?.y).toBeLessThan(screen.height / 2);
    const [command] = await boxesOf(opened.page, "#summary pre");
    expect(command?.y).toBeLessThan(screen.height * (screen.device === "desk" ? 1 : 2));
  });

  test("every table is shown, as wide as there is room", async () => {
    const tables = await boxesOf(opened.page, "table");
    expect(tables.length).toBeGreaterThanOrEqual(7);
    for (const table of tables) {
      expect(table.width).toBeGreaterThan(screen.width * 0.5);
      expect(table.height).toBeGreaterThan(40);
    }
  });

  test("every figure is shown once, in the drawing for this width, inside the page", async () => {
    const figures = await opened.page.locator("figure").count();
    const shown = await boxesOf(opened.page, "svg.figure");
    expect(shown).toHaveLength(figures);
    for (const { x, width, height } of shown) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(screen.width);
      expect(height).toBeGreaterThan(60);
    }
    const drawing = screen.device === "desk" ? "wide" : "narrow";
    expect(await opened.page.locator(`svg.${drawing}:visible`).count()).toBe(figures);
  });

  test("text in figures is large enough to be read", async () => {
    const heights = (await boxesOf(opened.page, "svg.figure text")).map(({ height }) => height);
    expect(heights.length).toBeGreaterThan(100);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(10);
  });

  test("text in figures stays in its figure", async () => {
    const beyond = await opened.page
      .evaluate(`[...document.querySelectorAll("svg.figure")].filter((svg) => svg.getBoundingClientRect().width > 0).flatMap((svg) => {
      const edge = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < edge.left - 1 || box.right > edge.right + 1;
      }).map((text) => text.textContent);
    })`);
    expect(beyond).toEqual([]);
  });
});

test("on paper it is light, whatever the screen is, and the first page is the summary alone", async () => {
  const { page } = await open(SCREENS[1]);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
  expect(await page.evaluate("getComputedStyle(document.querySelector('#summary')).breakAfter")).toBe("page");
  // A4 at 96 dots per inch, without its margins.
  await page.setViewportSize({ width: 688, height: 1016 });
  const [summary] = await boxesOf(page, "#summary");
  expect(summary?.height).toBeLessThanOrEqual(1016);
  await page.screenshot({ path: path.join(folder, "paper.png"), fullPage: true });
});
