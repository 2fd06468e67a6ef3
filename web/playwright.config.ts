import { defineConfig, devices } from '@playwright/test';

/** Runs against a store that is up: ARGOSY_URL, with screenshots and reports in ARGOSY_BROWSER_OUTPUT. */
const output = process.env['ARGOSY_BROWSER_OUTPUT'] ?? '../.argosy/browser';

const launchOptions = {
  executablePath: process.env['ARGOSY_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
};

export default defineConfig({
  testDir: 'e2e',
  outputDir: `${output}/results`,
  reporter: [['line']],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  use: {
    baseURL: process.env['ARGOSY_URL'] ?? 'http://localhost:8080',
    launchOptions,
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 }, launchOptions } },
    { name: 'phone', use: { ...devices['Pixel 7'], viewport: { width: 360, height: 740 }, launchOptions } },
  ],
});
