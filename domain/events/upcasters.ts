export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/**
 * For each event type, how to lift version 1 to 2, 2 to 3, and so on. An entry here raises the version that is
 * written. Upcasters are pure, total, and accept `Erased` in place of any personal field.
 */
export const upcasters: Upcasters = {
  // Version 2 knows more mails; each that was sent before is one of them.
  NotificationSent: [(data) => data],
};
