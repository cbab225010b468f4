// Mails are written on the server with the same hand, so that it lives in the domain; screens take it from here.
export {
  formatClock,
  formatCount,
  formatDate,
  formatExact,
  formatMoney,
  formatPercent,
  formatRelative,
  type MoneyFormat,
  RELATIVE_UNDER_MS,
} from '#domain/shared/format.ts';
