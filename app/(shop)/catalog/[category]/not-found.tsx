import Link from 'next/link';
import { Button } from '../../../_ui/button.tsx';
import { EmptyState } from '../../../_ui/states.tsx';
import { ShopColumn } from '../../_frame/shop-column.tsx';

export default function CategoryNotFound() {
  return (
    <ShopColumn>
      <h1 className="sr-only">No such category</h1>
      <EmptyState
        className="px-0"
        title="There is no such category."
        action={
          <Button asChild variant="primary">
            <Link href="/catalog">See all products</Link>
          </Button>
        }
      >
        It may have been renamed. Its products are still among all the others.
      </EmptyState>
    </ShopColumn>
  );
}
