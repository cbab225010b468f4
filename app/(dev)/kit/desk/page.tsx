import { KitDesk } from './kit-desk.tsx';

export default function KitDeskPage() {
  return <KitDesk />;
}
