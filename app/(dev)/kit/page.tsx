import type { Metadata } from 'next';
import { BodyDensity } from '../../_ui/body-density.tsx';
import { KitControls } from './kit-controls.tsx';
import { KitDisplay } from './kit-display.tsx';
import { KitOverlays } from './kit-overlays.tsx';

export const metadata: Metadata = { title: 'Kit' };

export default function KitPage() {
  return (
    <main data-density="admin" className="mx-auto flex max-w-5xl flex-col gap-10 bg-page px-4 py-10">
      <BodyDensity of="admin" />
      <header>
        <h1 className="text-title">Kit</h1>
        <p className="text-muted">
          Every shared component. Whole screens:{' '}
          <a className="text-link underline" href="/kit/desk">
            desk
          </a>
          ,{' '}
          <a className="text-link underline" href="/kit/shop">
            shop
          </a>
          ,{' '}
          <a className="text-link underline" href="/kit/floor">
            floor
          </a>
          .
        </p>
      </header>
      <KitDisplay />
      <KitControls />
      <KitOverlays />
    </main>
  );
}
