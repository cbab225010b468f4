import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { Time } from '../../_ui/time.tsx';
import { MailPreview } from './mail-preview.tsx';

type Mail = RouterOutputs['shop']['order']['mails'][number];
type Content = NonNullable<Mail['content']>;

const PlainText = ({ text }: Pick<Content, 'text'>) => (
  <pre className="mt-2 whitespace-pre-wrap break-words rounded-control bg-tint px-4 py-3 font-mono text-desk [overflow-wrap:anywhere]">
    {text}
  </pre>
);

const Body = ({ content }: { readonly content: Content }) => {
  const { html, text, subject } = content;
  if (html === null) return <PlainText text={text} />;
  return (
    <>
      <MailPreview title={`Mail: ${subject}`} html={html} />
      <details className="mt-2">
        <summary className="w-fit cursor-pointer rounded-badge text-desk text-link">As plain text</summary>
        <PlainText text={text} />
      </details>
    </>
  );
};

const Recipient = ({ name, to }: Pick<Content, 'name' | 'to'>) => (
  <>
    To <span className="break-words [overflow-wrap:anywhere]">{name}</span>, <span className="break-all">{to}</span>
    {' · '}
  </>
);

/** Mails as they were sent, the newest first and open. */
export const MailList = ({ mails }: { readonly mails: readonly Mail[] }) => (
  <ul aria-label="Mails" className="border-rule border-t">
    {mails.map(({ notificationId, sentAt, via, content }, index) => (
      <li key={notificationId} className="border-rule border-b">
        {content ? (
          <details open={index === 0} className="group">
            <summary className="focus-inset cursor-pointer list-none py-4 marker:hidden hover:bg-tint sm:px-2">
              <h2 className="inline text-section">{content.subject}</h2>
              <span className="block text-desk text-muted">
                <Recipient {...content} />
                <Time at={sentAt} quiet />
                {via === 'smtp' ? ', sent' : ', kept here'}
              </span>
            </summary>
            <div className="pb-5 sm:px-2">
              <Body content={content} />
            </div>
          </details>
        ) : (
          <p className="py-4 text-muted sm:px-2">
            A mail to a person whose data were erased. <Time at={sentAt} quiet />
          </p>
        )}
      </li>
    ))}
  </ul>
);
