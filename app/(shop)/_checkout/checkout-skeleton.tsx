import { Skeleton } from '../../_ui/skeleton.tsx';

/** The checkout's geometry while the cart is priced. */
export const CheckoutSkeleton = () => (
  <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
    <div className="flex flex-col gap-4 border-rule border-t pt-5">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Skeleton key={key} className="h-control w-full" />
      ))}
    </div>
    <Skeleton className="h-90 w-full" />
  </div>
);
