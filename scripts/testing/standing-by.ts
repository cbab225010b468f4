// A service that stands by until it is called, and then serves until it is ended.
import { once } from 'node:events';

process.channel?.ref();
if (process.env.WAYBILL_STANDBY === '1') await once(process, 'message');
process.send?.('ready');
