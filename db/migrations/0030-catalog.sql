-- The plain tables: what needs no history (design, section 1). Projections never read them.

create table shop.products (
  sku text primary key check (sku ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  -- The catalog's own order, so that the shop's home looks composed.
  rank int not null default 0,
  name text not null check (length(name) between 1 and 300),
  category text not null,
  subcategory text not null,
  description text not null,
  -- Gross: the tax of the country that it goes to is inside.
  price_minor bigint not null check (price_minor >= 0),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  -- A file name below /pictures, and the hue (OKLCH) of the ground that it stands on.
  picture text,
  hue int not null check (hue between 0 and 360),
  -- What the label says: '250 g', 'A5', 'M'.
  size text,
  -- Where the picker finds it, in every warehouse.
  bin text,
  weight_grams int not null check (weight_grams >= 0),
  active boolean not null default true
);

create index products_by_category on shop.products (category, rank, sku);

create table shop.warehouses (
  code text primary key check (code ~ '^[A-Z][A-Z0-9-]{1,19}$'),
  city text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  time_zone text not null,
  -- [{ country, transitDays }], nearest first; working days from the door of the warehouse to the customer's.
  serves jsonb not null check (jsonb_typeof(serves) = 'array'),
  -- Orders placed before it, in the warehouse's own time, leave the same working day.
  cutoff text not null check (cutoff ~ '^\d{2}:\d{2}$')
);

create table shop.customers (
  -- The account's id, and the subject under which personal fields are encrypted.
  id text primary key check (length(id) between 1 and 80),
  tier text not null default 'standard' check (tier in ('standard', 'silver', 'gold')),
  -- As the checkout takes it; null until the customer has ordered once. Personal.
  default_address jsonb,
  created_at timestamptz not null default now()
);

create table shop.discounts (
  code text primary key check (code = upper(code) and length(code) between 1 and 40),
  kind text not null check (kind in ('percent', 'amount')),
  -- Basis points for percent, minor units for amount.
  value int not null check (value > 0),
  starts_at timestamptz not null default now(),
  -- Null: no end.
  ends_at timestamptz,
  active boolean not null default true
);

create table shop.tax_rates (
  country text primary key check (country ~ '^[A-Z]{2}$'),
  name text not null,
  basis_points int not null check (basis_points between 0 and 10000)
);

create table shop.shipping_methods (
  code text primary key check (code in ('standard', 'express', 'pickup')),
  rank int not null default 0,
  name text not null check (length(name) between 1 and 60),
  price_minor bigint not null check (price_minor >= 0),
  -- Share of the warehouse's transit days that it takes, rounded up to whole days.
  transit_percent int not null check (transit_percent between 1 and 500)
);

-- Inside the EU, its neighbours, and what we export untaxed.
insert into shop.tax_rates (country, name, basis_points) values
  ('AT', 'Austria', 2000), ('BE', 'Belgium', 2100), ('BR', 'Brazil', 0), ('CA', 'Canada', 0),
  ('CH', 'Switzerland', 810), ('CZ', 'Czechia', 2100), ('DE', 'Germany', 1900), ('DK', 'Denmark', 2500),
  ('ES', 'Spain', 2100), ('FI', 'Finland', 2550), ('FR', 'France', 2000), ('GB', 'United Kingdom', 2000),
  ('IE', 'Ireland', 2300), ('IT', 'Italy', 2200), ('LU', 'Luxembourg', 1700), ('NL', 'Netherlands', 2100),
  ('NO', 'Norway', 2500), ('PL', 'Poland', 2300), ('PT', 'Portugal', 2300), ('SE', 'Sweden', 2500),
  ('US', 'United States', 0);

insert into shop.shipping_methods (code, rank, name, price_minor, transit_percent) values
  ('standard', 1, 'Standard', 490, 100), ('express', 2, 'Express', 990, 50), ('pickup', 3, 'Pick-up point', 290, 100);
