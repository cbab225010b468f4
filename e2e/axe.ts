import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** All that a theme can change; the structure is the same page. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

type Finding = { readonly id: string; readonly help: string; readonly at: readonly string[] };

/** A document gets axe once: loading it anew for each look took a third of all that axe does here. */
const findings = async (page: Page, runOnly: axe.RunOnly): Promise<readonly Finding[]> => {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    // What lies under a dialog was looked at without it. All but colours are asked of both: what the dialog has to hide.
    const open = document.querySelector('[role$=dialog][data-state=open]');
    const where = only.type === 'rule' && open ? open : document;
    // What passed is not asked for: its list of nodes is most of what axe would have to write.
    const { violations } = await axe.run(where, { runOnly: only, resultTypes: ['violations'], preload: false });
    return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target }) => target.join(' ')) }));
  }, runOnly);
};

/** Expects that axe finds nothing on the page as it stands, in light and in dark. */
export const expectAccessible = async (page: Page, where: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // next-themes follows the system one tick later.
    await page.waitForFunction((scheme) => document.documentElement.classList.contains(scheme), colorScheme);
    // Colours that change with the theme do so in transitions, however short; axe must not measure in between.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    const found = await findings(
      page,
      colorScheme === 'light' ? { type: 'tag', values: tags } : { type: 'rule', values: rulesOfColour },
    );
    expect(found, `${where}, ${colorScheme}`).toEqual([]);
  }
};
