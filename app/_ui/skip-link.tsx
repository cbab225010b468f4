/** The first tab stop of a page; every shell's main has the id "content". */
export const SkipLink = () => (
  <a
    href="#content"
    className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-control focus:border focus:border-rule focus:bg-float focus:px-4 focus:py-2 focus:font-semibold focus:shadow-float"
  >
    Skip to content
  </a>
);
