'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { fieldErrorsOf, rejectionOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Band, ErrorState } from '../../_ui/states.tsx';
import { changeCart } from '../_cart/cart-store.ts';
import { AddressStep } from './address-step.tsx';
import { CardStep } from './card-step.tsx';
import { CheckoutReceipt } from './checkout-receipt.tsx';
import { checkoutSchema, type CheckoutForm as Form, formFieldOf } from './checkout-schema.ts';
import { CheckoutSkeleton } from './checkout-skeleton.tsx';
import { ShippingStep } from './shipping-step.tsx';
import { useCheckoutQuote } from './use-checkout-quote.ts';
import { type PlacedOrder, usePlaceOrder } from './use-place-order.ts';

interface CheckoutFormProps {
  readonly initial: Form;
  /** The account's mail address; null for a guest. */
  readonly account: string | null;
  readonly onPlaced: (placed: PlacedOrder) => void;
}

/** Address, shipping and card on one page, with what it comes to beside it. */
export const CheckoutForm = ({ initial, account, onPlaced }: CheckoutFormProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm<Form>({ resolver: zodResolver(checkoutSchema), defaultValues: initial, mode: 'onTouched' });
  const { control, setError, handleSubmit } = form;
  const [country, shippingMethod] = useWatch({ control, name: ['country', 'shippingMethod'] });
  const { cart, query } = useCheckoutQuote(country, shippingMethod);
  const { run, isBusy } = usePlaceOrder(account);
  const [refusal, setRefusal] = useState<string | null>(null);
  const underWay = useRef(false);
  const quote = query.data;

  if (!quote) {
    if (!query.isError) return <CheckoutSkeleton />;
    return (
      <ErrorState title="The order could not be priced." onRetry={() => void query.refetch()}>
        {wordsOf(query.error)} Your cart is kept.
      </ErrorState>
    );
  }

  const total = formatMoney(quote.totals.grandTotalMinor, quote.currency);
  const inTheWay = quote.problems.filter(({ problem }) => problem.code !== 'DiscountUnknown');

  const refuse = (error: unknown) => {
    const rejection = rejectionOf(error);
    if (rejection?.code === 'CardInvalid') {
      const field = rejection.problem.startsWith('cvc')
        ? 'cvc'
        : /expir/.test(rejection.problem)
          ? 'expiry'
          : 'cardNumber';
      return setError(field, { message: wordsOf(error) }, { shouldFocus: true });
    }
    if (rejection?.code === 'PriceChanged')
      void queryClient.invalidateQueries({ queryKey: trpc.shop.quote.queryKey() });
    const named = Object.entries(fieldErrorsOf(error)).flatMap(([path, message]) => {
      const field = formFieldOf[path];
      return field ? [{ field, message }] : [];
    });
    for (const { field, message } of named) setError(field, { message });
    return setRefusal(wordsOf(error));
  };

  const pay = handleSubmit(async (values) => {
    // A second press within the same frame comes before anything is drawn busy.
    if (underWay.current) return;
    underWay.current = true;
    setRefusal(null);
    try {
      const lines = quote.lines.map(({ sku, quantity }) => ({ sku, quantity }));
      const agreedTotalMinor = quote.totals.grandTotalMinor;
      onPlaced(await run(values, { lines, discountCode: quote.discount?.code ?? null, agreedTotalMinor }));
    } catch (error) {
      refuse(error);
    } finally {
      underWay.current = false;
    }
  });

  return (
    <FormProvider {...form}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <form noValidate aria-label="Checkout" onSubmit={(event) => void pay(event)}>
          <AddressStep
            countries={quote.countries}
            onCountry={(chosen) => changeCart((kept) => ({ ...kept, country: chosen }))}
          />
          <ShippingStep methods={quote.methods} currency={quote.currency} shipsFrom={quote.shipsFrom} />
          <CardStep />
          {inTheWay.map(({ problem, words }) => (
            <Band key={JSON.stringify(problem)} tone="hold" className="mb-3 rounded-control">
              {words}
            </Band>
          ))}
          {refusal && (
            <div role="alert" className="mb-3 rounded-control bg-bad-bg px-4 py-3 font-medium text-bad">
              {refusal}
            </div>
          )}
          <Button
            type="submit"
            variant="primary"
            size="lg"
            busy={isBusy || query.isPlaceholderData}
            disabled={quote.lines.length === 0}
            className="w-full"
          >
            {isBusy ? `Paying ${total}` : `Pay ${total}`}
          </Button>
          <p className="mt-3 text-desk text-muted">
            The bank sets the amount aside now. It is charged when the parcel leaves.
          </p>
        </form>
        <aside aria-label="Receipt" className="max-lg:order-first lg:sticky lg:top-24">
          <CheckoutReceipt quote={quote} discountCode={cart.discountCode} />
        </aside>
      </div>
    </FormProvider>
  );
};
