let scrims = 0;

/** `data-scrim` on the body while a scrim lies over everything (globals.css). */
const markBody = (node: HTMLElement | null) => {
  if (!node) return;
  scrims += 1;
  document.body.setAttribute('data-scrim', '');
  return () => {
    scrims -= 1;
    // Once the dialog has given the pointer back, or all of the page would lose it for a moment.
    setTimeout(() => {
      if (scrims === 0) document.body.removeAttribute('data-scrim');
    });
  };
};

/** What lies between a dialog and the page: for the overlay of any kind of dialog. */
export const scrim = {
  ref: markBody,
  className:
    'fixed inset-0 z-40 bg-(--scrim) data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 duration-140',
};
