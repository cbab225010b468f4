import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { Button } from '../../_ui/button.tsx';
import type { ShopOrder } from './use-shop-order.ts';

const outcomes: Partial<Record<WaybillCommand['type'], string>> = {
  CancelOrder: 'The order was not canceled.',
  CancelLines: 'The order was not changed.',
  RequestAmendment: 'The order was not changed.',
  RequestReturn: 'The return was not asked for.',
};

/** What was refused, came too late or got no answer; each stays until it is dealt with. */
export const OrderProblems = ({ commands }: Pick<ShopOrder, 'commands'>) =>
  commands.problems.map(({ commandId, command, kind, words }) => (
    <div
      key={commandId}
      role="alert"
      className="mt-3 flex flex-wrap items-center gap-3 rounded-control bg-bad-bg px-4 py-3 text-bad"
    >
      <span className="min-w-0 flex-1 basis-60">
        <span className="font-semibold">{outcomes[command.type] ?? 'It was not recorded.'}</span> {words}
      </span>
      {kind === 'rejected' ? (
        <Button size="sm" onClick={() => commands.dismiss(commandId)}>
          Understood
        </Button>
      ) : (
        <Button size="sm" onClick={() => commands.retry(commandId)}>
          Retry
        </Button>
      )}
    </div>
  ));
