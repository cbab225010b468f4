/** The same for server and browser, so that both mean one query. */
export const ordersInput = { limit: 20 };
