import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** All that a theme can change; the structure is the same page. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** Expects that axe finds nothing on the page as it stands, in light and in dark. */
export const expectAccessible = async (page: Page, where: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // next-themes follows the system one tick later.
    await page.waitForFunction((scheme) => document.documentElement.classList.contains(scheme), colorScheme);
    // Colours that change with the theme do so in transitions, however short; axe must not measure in between.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    // Without frames on our pages axe needs no second page of its own for each look, which is most of its time.
    // What passed is not asked for: its list of nodes is most of what axe would have to write and send.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], preload: false });
    const { violations } = await (colorScheme === 'light'
      ? axe.withTags(tags)
      : axe.withRules(rulesOfColour)
    ).analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map(({ target }) => target.join(' ')),
    }));
    expect(found, `${where}, ${colorScheme}`).toEqual([]);
  }
};
