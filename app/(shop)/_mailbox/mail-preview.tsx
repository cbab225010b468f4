'use client';

import { useEffect, useRef, useState } from 'react';

interface MailPreviewProps {
  readonly title: string;
  readonly html: string;
}

/** Links of the mail open in the page's own window, not within the frame. */
const withLinksOutside = (html: string): string => html.replace('<head>', '<head><base target="_top">');

const leastHeight = 320;

/**
 * A mail as a mail program shows it: its own document, where no script runs and our styles don't reach. As high as it
 * is, whatever the width.
 */
export const MailPreview = ({ title, html }: MailPreviewProps) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(leastHeight);
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const measure = () => {
      const body = current.contentDocument?.body;
      if (body) setHeight(Math.max(leastHeight, Math.ceil(body.getBoundingClientRect().height)));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    current.addEventListener('load', measure);
    // It may have loaded before anybody listened.
    measure();
    return () => {
      observer.disconnect();
      current.removeEventListener('load', measure);
    };
  }, []);
  return (
    <iframe
      ref={frame}
      title={title}
      srcDoc={withLinksOutside(html)}
      // Same origin only so that its height can be read: without scripts, nothing in it can use that.
      sandbox="allow-same-origin allow-top-navigation-by-user-activation"
      referrerPolicy="no-referrer"
      style={{ height }}
      className="block w-full rounded-panel border border-rule"
    />
  );
};
