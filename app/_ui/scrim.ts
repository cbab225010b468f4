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

/**
 * What lies between a dialog and the page: for the overlay of any kind of dialog. It does not fade: the whole page would
 * be drawn anew for each frame, and the keys that are typed into the dialog meanwhile would wait for that.
 */
export const scrim = { ref: markBody, className: 'fixed inset-0 z-40 bg-(--scrim)' };
