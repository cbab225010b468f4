import { KitFloor } from './kit-floor.tsx';

export default function KitFloorPage() {
  return <KitFloor />;
}
