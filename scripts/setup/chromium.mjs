/** A browser for the tests in a real editor. */
import { aptInstall } from "./packages.mjs";
import { firstExecutable } from "./process.mjs";

const USUAL = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** @returns {Promise<string>} the path of the executable */
export async function ensureChromium() {
  const candidates = [process.env["CHROMIUM"], ...USUAL];
  const there = await firstExecutable(candidates);
  if (there) return there;
  const installed = (await aptInstall(["chromium"])) && (await firstExecutable(candidates));
  if (installed) return installed;
  throw new Error(
    "Chromium or Chrome is missing: install one, or set CHROMIUM to the path of its executable.",
  );
}
