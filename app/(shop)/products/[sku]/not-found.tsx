import Link from 'next/link';
import { Button } from '../../../_ui/button.tsx';
import { EmptyState } from '../../../_ui/states.tsx';
import { ShopColumn } from '../../_frame/shop-column.tsx';

export default function ProductNotFound() {
  return (
    <ShopColumn>
      <h1 className="sr-only">No such product</h1>
      <EmptyState
        className="px-0"
        title="We don't sell this."
        action={
          <Button asChild variant="primary">
            <Link href="/catalog">See all products</Link>
          </Button>
        }
      >
        The link may be old: what is no longer sold has no page. Orders that hold it stay as they were.
      </EmptyState>
    </ShopColumn>
  );
}
