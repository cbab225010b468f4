'use client';

import { Package } from 'lucide-react';
import { useState } from 'react';
import type { CatalogProduct } from '#db/seed/catalog-product.ts';
import { Breadcrumb } from '../../../_ui/breadcrumb.tsx';
import { Button } from '../../../_ui/button.tsx';
import { Money } from '../../../_ui/money.tsx';
import { ProductPicture } from '../../../_ui/product-picture.tsx';
import { QuantityStepper } from '../../../_ui/quantity-stepper.tsx';
import { RouteLine } from '../../../_ui/route-line.tsx';
import { RuledCells } from '../../../_ui/ruled-cells.tsx';
import { ShopShell } from '../../../_ui/shop-shell.tsx';

const nothing = () => {};

const Buy = () => {
  const [quantity, setQuantity] = useState(1);
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumb crumbs={[{ label: 'Kitchen', href: '/kit/shop' }, { label: 'Tea' }]} />
      <h1 className="text-shop-title">Stoneware teapot, 0.8 litre</h1>
      <p className="max-w-md text-muted">Thick walls keep it hot for an hour. The spout doesn't drip; we tried.</p>
      <div>
        <p className="flex flex-wrap items-baseline gap-x-3.5">
          <Money minor={6490} currency="EUR" className="text-figure" />
          <span className="text-admin text-muted">tax included, shipping from € 4.90</span>
        </p>
        <p className="mt-2 flex items-center gap-1.5 font-medium text-admin text-hold">
          <Package aria-hidden="true" className="size-4" />7 left in Porto
        </p>
      </div>
      <div className="flex gap-3">
        <QuantityStepper label="Quantity" value={quantity} onValueChange={setQuantity} max={7} />
        <Button variant="primary" className="flex-1 text-[1rem]" onClick={nothing}>
          Add to cart
        </Button>
      </div>
      <RouteLine
        className="mt-2"
        label="Delivery promise"
        direction="horizontal"
        stops={[
          { id: 'order', state: 'current', label: 'Order today', detail: 'before 16:00' },
          { id: 'picked', state: 'planned', label: 'Picked', detail: 'today, Porto' },
          { id: 'shipped', state: 'planned', label: 'Shipped', detail: 'Sat 21 Nov' },
          { id: 'there', state: 'planned', label: 'With you', detail: 'Tue 24 Nov' },
        ]}
      />
      <RuledCells
        className="mt-2"
        boxed
        columns={2}
        cells={[
          { id: 'from', caption: 'Ships from', value: 'Porto, Portugal' },
          { id: 'back', caption: 'Returns', value: '30 days, free' },
          { id: 'size', caption: 'Size', value: '0.8 l, 18 × 12 cm' },
          { id: 'sku', caption: 'SKU', value: 'TEA-POT-08' },
        ]}
      />
    </div>
  );
};

export const KitShop = ({ products }: { readonly products: readonly CatalogProduct[] }) => (
  <ShopShell
    categories={['Kitchen', 'Home', 'Sound', 'Outdoors', 'Pantry', 'Desk'].map((label, index) => ({
      href: `/kit/shop?category=${label}`,
      label,
      current: index === 0,
    }))}
    searchHref="/kit/shop"
    searchPlaceholder={`Search ${products.length} products`}
    ordersHref="/kit/orders"
    cartHref="/kit/cart"
    cartCount={2}
    signInHref="/kit/sign-in"
    account={{ name: 'Marta Oliveira', detail: 'marta@example.com' }}
    onSignOut={nothing}
    footer={<p>Waybill keeps one form for every order, and erases no line of it.</p>}
  >
    <div className="mx-auto max-w-[1200px] px-4 pt-6 sm:px-6 xl:px-0">
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr] lg:gap-14">
        <div>
          <ProductPicture picture="teapot" hue={50} alt="Stoneware teapot" shape="main" className="aspect-7/6" />
        </div>
        <Buy />
      </div>
      <h2 className="mt-10 border-rule border-t pt-4 text-title">Everything</h2>
      <ul className="mt-3 grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
        {products.map((product) => (
          <li key={product.sku}>
            <ProductPicture picture={product.picture} hue={product.hue} className="aspect-square" />
            <p className="mt-2 font-medium">{product.name}</p>
            <Money minor={product.priceMinor} currency="EUR" className="text-muted" />
          </li>
        ))}
      </ul>
    </div>
  </ShopShell>
);
