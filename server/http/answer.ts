import type { ServerResponse } from 'node:http';
import type { Objection } from './guard.ts';

/** Answers with JSON and ends the response. */
export const answerJson = (res: ServerResponse, status: number, body: unknown): void => {
  if (res.headersSent || res.destroyed) return;
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(body));
};

/** Answers an objection in the shape of a tRPC error, so that clients read all refusals alike. */
export const answerObjection = (res: ServerResponse, objection: Objection, reference: string): void => {
  const { status, code, words } = objection;
  // What is left of the body is not read, so the connection can't be used again.
  res.setHeader('Connection', 'close');
  const data = { code, httpStatus: status, words, refusal: null, fields: null, reference, path: null };
  answerJson(res, status, { error: { code: -32_600, message: words, data } });
};
