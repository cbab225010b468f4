-- The read tables, version 1. Each is described, column by column, by its row type in server/projections/; a test
-- compares the two. Another shape is another version: a new table in a new migration, filled by a rebuild.
--
-- What SQL never looks into is json, stored as it comes: jsonb is taken apart and put together at every write.
--
-- Updated rows find room on their page (fillfactor), so that an update that touches no indexed column stays HOT.
set local role waybill_worker;

create table read.order_status_v1 (
  order_key uuid primary key,
  order_number text not null,
  external_reference text,
  customer_id text,
  subject_id text not null,
  placed_at timestamptz not null,
  updated_at timestamptz not null,
  order_status text not null,
  payment_status text not null,
  fulfillment_status text,
  holds text[] not null,
  currency text not null,
  grand_total_minor bigint not null,
  paid_minor bigint not null,
  refunded_minor bigint not null,
  item_count int not null,
  line_count int not null,
  first_line_name text,
  first_line_picture text,
  first_line_hue int,
  -- The last event that is folded in.
  incarnation int not null,
  transaction_id bigint not null,
  position bigint not null,
  -- Personal: domain/waybill's state, contact and addresses included.
  waybill json not null
  -- A waybill of a few kB stays in its row, uncompressed: it is written at every status change.
) with (fillfactor = 75, toast_tuple_target = 4080);
create index order_status_v1_number on read.order_status_v1 (order_number);
create index order_status_v1_customer on read.order_status_v1 (customer_id, placed_at desc, order_key desc)
  where customer_id is not null;
create index order_status_v1_subject on read.order_status_v1 (subject_id);
create index order_status_v1_external on read.order_status_v1 (external_reference) where external_reference is not null;

create table read.order_search_v1 (
  order_key uuid primary key,
  order_number text not null,
  external_reference text,
  customer_id text,
  subject_id text not null,
  -- Personal; null once erased.
  customer_name text,
  tier text not null,
  channel text not null,
  currency text not null,
  total_minor bigint not null,
  paid_minor bigint not null,
  refunded_minor bigint not null,
  refund_pending_minor bigint not null,
  country text not null,
  city text not null,
  order_status text not null,
  payment_status text not null,
  fulfillment_status text,
  holds text[] not null,
  is_held boolean not null,
  warehouses text[] not null,
  item_count int not null,
  line_count int not null,
  ship_by timestamptz not null,
  deliver_by timestamptz not null,
  placed_at timestamptz not null,
  updated_at timestamptz not null,
  -- What the fold remembers of payments and fulfillments, to derive the statuses; no screen reads it.
  memory json not null
) with (fillfactor = 80);
-- Keyset paging: order by placed_at desc, order_key desc; (placed_at, order_key) < ($1, $2).
create index order_search_v1_placed on read.order_search_v1 (placed_at desc, order_key desc);
create index order_search_v1_order_status on read.order_search_v1 (order_status, placed_at desc, order_key desc);
create index order_search_v1_payment_status on read.order_search_v1 (payment_status, placed_at desc, order_key desc);
create index order_search_v1_fulfillment_status
  on read.order_search_v1 (fulfillment_status, placed_at desc, order_key desc) where fulfillment_status is not null;
create index order_search_v1_open on read.order_search_v1 (placed_at desc, order_key desc)
  where order_status in ('placed', 'confirmed');
create index order_search_v1_held on read.order_search_v1 (placed_at desc, order_key desc) where is_held;
create index order_search_v1_customer on read.order_search_v1 (customer_id, placed_at desc, order_key desc)
  where customer_id is not null;

-- Written once an order: an index over words costs 25 times as much as the row above.
create table read.order_search_words_v1 (
  order_key uuid primary key,
  -- Personal. Lower case, without accents: name, recipient, postal code, city, product names.
  words text not null
) with (fillfactor = 100);
-- A small pending list keeps the flush, which happens within some writer's transaction, short.
create index order_search_words_v1_trigrams on read.order_search_words_v1 using gin (words gin_trgm_ops)
  with (gin_pending_list_limit = 512);

-- Personal. Lower case, whole: number, external reference, order id, mail, phone digits, SKUs, tracking numbers,
-- payment references. In byte order, so that the primary key finds what begins with something.
create table read.order_search_identifiers_v1 (
  identifier text collate "C" not null,
  order_key uuid not null,
  primary key (identifier, order_key)
);
create index order_search_identifiers_v1_order on read.order_search_identifiers_v1 (order_key);

create table read.fulfillment_queue_v1 (
  fulfillment_id uuid primary key,
  order_key uuid not null,
  order_number text not null,
  subject_id text not null,
  tier text not null,
  -- Personal; null once erased.
  customer_name text,
  country text not null,
  city text not null,
  postal_code text not null,
  warehouse text not null,
  -- Why this warehouse, in words.
  sourcing text not null,
  shipping_method_code text not null,
  shipping_method_name text not null,
  ship_by timestamptz not null,
  deliver_by timestamptz not null,
  status text not null,
  hold_reason text,
  picker text,
  -- [{ lineId, sku, name, picture, hue, bin, quantity, picked, missing }]
  lines jsonb not null,
  skus text[] not null,
  units int not null,
  carrier text,
  tracking_number text,
  -- [{ parcelId, weightGrams }]
  packages jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  shipped_at timestamptz,
  delivered_at timestamptz,
  -- The fulfillment stream's version: what a command is decided on.
  version int not null
) with (fillfactor = 75);
create index fulfillment_queue_v1_order on read.fulfillment_queue_v1 (order_key);
create index fulfillment_queue_v1_pending on read.fulfillment_queue_v1 (ship_by, fulfillment_id)
  where status in ('open', 'on_hold', 'picking', 'packed');
create index fulfillment_queue_v1_floor on read.fulfillment_queue_v1 (warehouse, ship_by, fulfillment_id)
  where status in ('open', 'on_hold', 'picking', 'packed');
create index fulfillment_queue_v1_shipped on read.fulfillment_queue_v1 (warehouse, shipped_at desc, fulfillment_id desc)
  where shipped_at is not null;

-- The orders that are held, and only those: a join for the few instead of a column that every order would have to carry
-- before its first fulfillment exists.
create table read.fulfillment_holds_v1 (
  order_key uuid primary key,
  -- { holdId: reason }
  holds jsonb not null,
  reasons text[] not null,
  since timestamptz not null
) with (fillfactor = 75);

create table read.inventory_view_v1 (
  sku text primary key,
  on_hand bigint not null,
  reserved bigint not null,
  allocated bigint not null,
  unavailable bigint not null,
  -- on_hand - reserved - allocated - unavailable
  available bigint not null,
  safety_stock bigint not null,
  -- { WAREHOUSE: { onHand, allocated, unavailable } }
  levels jsonb not null,
  version int not null,
  updated_at timestamptz not null
) with (fillfactor = 40);
create index inventory_view_v1_low on read.inventory_view_v1 (sku) where available <= safety_stock;

create table read.analytics_orders_v1 (
  order_key uuid primary key,
  channel text not null,
  country text not null,
  currency text not null,
  placed_at timestamptz not null,
  placed_on date not null,
  ordered_minor bigint not null,
  -- [{ sku, quantity, totalMinor }], one entry a SKU
  skus json not null,
  is_rejected boolean not null,
  canceled_on date,
  first_shipped_at timestamptz,
  last_delivered_at timestamptz,
  -- { "2026-11-21": minor }
  captured json not null,
  -- { "2026-11-21": { count, minor } }
  refunded json not null
) with (fillfactor = 75);

-- Days are days of the business time, in UTC.
create table read.analytics_daily_v1 (
  day date not null,
  channel text not null,
  country text not null,
  currency text not null,
  -- Placed on this day and not rejected.
  orders bigint not null default 0,
  units bigint not null default 0,
  ordered_minor bigint not null default 0,
  -- Placed on this day and rejected: sold out, declined.
  rejected bigint not null default 0,
  -- Captured on this day: this is what Waybill calls revenue.
  revenue_minor bigint not null default 0,
  refunds bigint not null default 0,
  refunded_minor bigint not null default 0,
  -- Canceled on this day, whenever placed.
  canceled bigint not null default 0,
  -- Orders whose first parcel left on this day, and the sum of their seconds from placing to leaving.
  shipped bigint not null default 0,
  ship_seconds bigint not null default 0,
  -- Orders whose last parcel arrived on this day, and the sum of their seconds from placing to arriving.
  delivered bigint not null default 0,
  deliver_seconds bigint not null default 0,
  primary key (day, channel, country, currency)
) with (fillfactor = 60);

create table read.analytics_daily_skus_v1 (
  day date not null,
  sku text not null,
  currency text not null,
  -- Of orders placed on this day and not rejected.
  orders bigint not null default 0,
  units bigint not null default 0,
  -- After discount, with tax.
  ordered_minor bigint not null default 0,
  primary key (day, sku, currency)
) with (fillfactor = 80);
create index analytics_daily_skus_v1_sku on read.analytics_daily_skus_v1 (sku, day);

create table read.order_history_v1 (
  incarnation int not null,
  transaction_id bigint not null,
  position bigint not null,
  event_id uuid not null,
  -- Null for inventory.
  order_key uuid,
  stream_id text not null,
  stream_type text not null,
  version int not null,
  type text not null,
  actor_id text not null,
  actor_role text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  origin text not null,
  correlation_id text not null,
  causation_id text,
  command_id uuid not null,
  -- Personal: the event as it reads today, decrypted.
  data json not null,
  -- The store's order: keyset paging by (incarnation, transaction_id, position).
  primary key (incarnation, transaction_id, position)
);
create index order_history_v1_order
  on read.order_history_v1 (order_key, incarnation, transaction_id, position) where order_key is not null;
create index order_history_v1_stock
  on read.order_history_v1 (stream_id, version) where order_key is null;
create index order_history_v1_actor on read.order_history_v1 (actor_id, incarnation, transaction_id, position);
create index order_history_v1_type on read.order_history_v1 (type, incarnation, transaction_id, position);
create index order_history_v1_occurred on read.order_history_v1 (occurred_at desc, position desc);

reset role;
