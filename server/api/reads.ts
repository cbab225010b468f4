import { middleware } from './trpc.ts';
