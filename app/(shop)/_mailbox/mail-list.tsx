import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { Time } from '../../_ui/time.tsx';

type Mail = RouterOutputs['shop']['order']['mails'][number];

/** An address of our own in a mail's text: only its path counts, wherever the mail was written. */
const pathOf = (word: string): string | null => {
  if (!/^https?:\/\//.test(word)) return null;
  const { pathname, search } = new URL(word);
  return pathname.startsWith('/orders/') ? `${pathname}${search}` : null;
};

const Text = ({ text }: { readonly text: string }) => (
  <p className="mt-2 whitespace-pre-wrap break-words text-admin">
    {text.split(/(\s+)/).map((word, index) => {
      const path = pathOf(word);
      // The words of a mail never move.
      const key = `${index}-${word}`;
      return path ? (
        <a key={key} href={path} className="break-all text-link underline underline-offset-3">
          {word}
        </a>
      ) : (
        word
      );
    })}
  </p>
);

/** Mails as they were sent, the newest first. */
export const MailList = ({ mails }: { readonly mails: readonly Mail[] }) => (
  <ul aria-label="Mails" className="border-rule border-t">
    {mails.map(({ notificationId, sentAt, content }) => (
      <li key={notificationId} className="border-rule border-b py-4">
        <h2 className="text-section">{content?.subject ?? 'A mail whose person was erased'}</h2>
        <p className="text-desk text-muted">
          {content ? `To ${content.name}, ${content.to} · ` : ''}
          <Time at={sentAt} quiet />
        </p>
        {content && <Text text={content.text} />}
      </li>
    ))}
  </ul>
);
