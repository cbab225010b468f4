-- The desk's search, version 2: tags and assignee, and sorts other than by day. Filled by the worker from the beginning;
-- the release before goes on with version 1 until it is gone, and a later migration drops that.
--
-- Every update of order_search moves updated_at, so that none is HOT and each pays for every full index below. Version 1
-- had six, version 2 has six: an index a status gave way to one that carries all low-cardinality columns (it answers
-- every combination of filters without touching the table), and to the sorts. Partial indexes are paid by their few.
set local role waybill_worker;

create table read.order_search_v2 (
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
  tags text[] not null,
  -- The account that looks after the order.
  assignee text,
  -- At most 40: it is carried by an index, whose entries may not pass 2,700 bytes.
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
-- The list as it opens, and every filter: (placed_at, order_key) < ($1, $2), read from the index alone.
create index order_search_v2_placed on read.order_search_v2 (placed_at desc, order_key desc)
  include (order_status, payment_status, fulfillment_status, is_held, assignee, tier, channel, country, currency,
    total_minor, updated_at, ship_by, warehouses);
-- The other sorts of a plain list. Filtered ones sort what the filters leave.
create index order_search_v2_updated on read.order_search_v2 (updated_at desc, order_key desc);
create index order_search_v2_total on read.order_search_v2 (total_minor desc, order_key desc);
create index order_search_v2_ship_by on read.order_search_v2 (ship_by desc, order_key desc);
create index order_search_v2_customer on read.order_search_v2 (customer_id, placed_at desc, order_key desc)
  where customer_id is not null;
-- The views that agents keep open, each a few of very many.
create index order_search_v2_open on read.order_search_v2 (placed_at desc, order_key desc)
  where order_status in ('placed', 'confirmed');
create index order_search_v2_held on read.order_search_v2 (placed_at desc, order_key desc) where is_held;
create index order_search_v2_declined on read.order_search_v2 (placed_at desc, order_key desc)
  where payment_status in ('declined', 'expired');
create index order_search_v2_assignee on read.order_search_v2 (assignee, placed_at desc, order_key desc)
  where assignee is not null;
create index order_search_v2_tags on read.order_search_v2 using gin (tags)
  with (fastupdate = off) where tags <> '{}';

-- Written once an order: an index over words costs 25 times as much as the row above.
create table read.order_search_words_v2 (
  order_key uuid primary key,
  -- Personal. Lower case, without accents: name, recipient, postal code, city, product names.
  words text not null
) with (fillfactor = 100);
-- A small pending list keeps the flush, which happens within some writer's transaction, short.
create index order_search_words_v2_trigrams on read.order_search_words_v2 using gin (words gin_trgm_ops)
  with (gin_pending_list_limit = 512);

-- Every word of letters that some order has, and how many have it: what is misspelled is compared with each word once,
-- not with each order that has it. A word that no order has any more is swept away.
create table read.order_search_vocabulary_v2 (
  word text primary key,
  orders bigint not null default 0
) with (fillfactor = 70);
create index order_search_vocabulary_v2_trigrams on read.order_search_vocabulary_v2 using gin (word gin_trgm_ops)
  with (gin_pending_list_limit = 128);

-- Personal. Lower case, whole: number, external reference, order id, mail, phone digits, SKUs, tracking numbers,
-- payment references. In byte order, so that the primary key finds what begins with something.
create table read.order_search_identifiers_v2 (
  identifier text collate "C" not null,
  order_key uuid not null,
  primary key (identifier, order_key)
);
create index order_search_identifiers_v2_order on read.order_search_identifiers_v2 (order_key);

reset role;
